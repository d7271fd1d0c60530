"""The matrix: every address of the site, one row each. A new address without a row fails the build (tests/house/test_matrix.py).

How to add a row: the address as the resolver spells it, and
- `Row()`                      names nothing in its address (a list, a form, home): no foreign word may stand there;
- `Row("system")`              the path names one thing of a kind below: foreign and absent must answer alike, in status, body and time;
- `Row(asked=("?about={ref}",))`   the thing is named behind the question mark: {ref}, {system}, {code}, {paper} are filled in;
- `Row(asked=("?q=tre",))`     a search, filter or count: what it finds must not change with what a foreign body does;
- `Row(stranger=True)`         answers who has not signed in; `Row(fill={"key": "x"})` for a path that names no thing of the province;
- `Row(gives="file")`          a download or feed, whose bytes may differ from day to day;
- `Row("letter", party=("dau-moi",))`  bodies one's own thing names rightly, being party to it;
- `Row("person", also=("administrator",))`   roles that reach every such thing by their function, whatever their body sees.

A new kind of thing (incident, order …) is one function in KINDS: from a body of the cast (None: nothing there) to the words of the path.
It may make the thing, through the room's actions, and keep it in `cast.made`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ABSENT = 987654


@dataclass
class Cast:
    """What the tests' province holds: the papers by the code of the body, and whatever kinds make and keep."""

    papers: Mapping[str, Any]
    made: dict[tuple[str, str], Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One address: what its path names, what may be asked behind the question mark, who may come."""

    about: str = ""
    asked: tuple[str, ...] = ()
    stranger: bool = False
    fill: Mapping[str, object] = field(default_factory=dict)
    gives: str = "page"
    also: tuple[str, ...] = ()  # roles that reach every such thing by their function
    party: tuple[str, ...] = ()  # bodies that one's own thing names rightly, being party to it


def _body(body: str | None, cast: Cast) -> dict[str, object]:
    return {"code": body or "khong-co"}


def _system(body: str | None, cast: Cast) -> dict[str, object]:
    return {"code": f"sys-{body or 'khong-co'}"}


def _cell(body: str | None, cast: Cast) -> dict[str, object]:
    return {"duty": "D01", "ref": f"org:{body or 'khong-co'}"}


def _paper(body: str | None, cast: Cast) -> dict[str, object]:
    return {"number": cast.papers[body].pk if body in cast.papers else ABSENT}


def _file(body: str | None, cast: Cast) -> dict[str, object]:
    from luytre.journal.models import Attachment

    file = Attachment.objects.get(entry=cast.papers[body]).pk if body in cast.papers else ABSENT
    return {**_paper(body, cast), "file": file}


def _instruction(body: str | None, cast: Cast) -> dict[str, object]:
    """An instruction of the chair to that body, answered with a file."""
    from io import BytesIO

    from luytre.journal import clock, store
    from luytre.register.models import Organisation
    from luytre.rooms.instructions import actions, queries

    if body is None:
        return {"number": "YK-2026-999", "answer": ABSENT, "file": ABSENT}
    if ("instruction", body) not in cast.made:
        issuer, bodies, now = Organisation.objects.get(code="tinh"), [f"org:{body}"], clock.now()
        given = actions.give(by="console", at=now, issuer=issuer, bodies=bodies, text=f"Ý kiến kín {body}", due_on=clock.today())
        held = queries.one(given.result, seen_by="console", on=clock.today())
        assert held
        files = [store.put(store.Upload("tra-loi.pdf", "application/pdf", BytesIO(f"%PDF-1.4 {body}".encode())))]
        answered = actions.answer(by="console", at=now, held=held, body=bodies[0], note="đã làm", attachments=files)
        assert answered.entry
        file = answered.entry.attachments.get().pk
        cast.made["instruction", body] = {"number": given.result, "answer": answered.entry.pk, "file": file}
    found: dict[str, object] = cast.made["instruction", body]
    return found


def _waiver(body: str | None, cast: Cast) -> dict[str, object]:
    """A waiver that body asked for."""
    from luytre.journal import clock
    from luytre.rooms.duties import actions

    if body is None:
        return {"number": ABSENT}
    if ("waiver", body) not in cast.made:
        until = clock.today().replace(year=clock.today().year + 1)
        said = {"duty": "D05", "about": f"org:{body}", "until_on": until, "reason": f"lý do kín {body}"}
        cast.made["waiver", body] = actions.ask_waiver(by="console", at=clock.now(), **said).pk
    return {"number": cast.made["waiver", body]}


def _request(body: str | None, cast: Cast) -> dict[str, object]:
    """A request for a report of that body."""
    from luytre.journal import clock
    from luytre.register.models import Organisation
    from luytre.rooms.submissions import actions

    if body is None:
        return {"number": ABSENT}
    if ("request", body) not in cast.made:
        issuer, today = Organisation.objects.get(code="dau-moi"), clock.today()
        said = {"text": f"Yêu cầu kín {body}", "due_on": today, "number": "1/CV", "signed_on": today}
        told = actions.ask(by="console", at=clock.now(), issuer=issuer, bodies=[f"org:{body}"], **said)
        assert told.entry
        cast.made["request", body] = told.entry.pk
    return {"number": cast.made["request", body]}


def _account(body: str | None) -> Any:
    """The account of someone who holds a post there."""
    from luytre.register.models import Account

    return Account.objects.filter(person__posts__organisation__code=body or "").order_by("pk").first()


def _session(body: str | None, cast: Cast) -> dict[str, object]:
    """An open session of that account."""
    from allauth.usersessions.models import UserSession

    account = _account(body)
    if account is None:
        return {"number": ABSENT}
    words = {"user": account, "ip": "192.0.2.1", "user_agent": "Trình duyệt kín"}
    return {"number": UserSession.objects.get_or_create(session_key=f"kin-{body}", defaults=words)[0].pk}


def _notice(body: str | None, cast: Cast) -> dict[str, object]:
    """A reminder to whoever holds that account, about the body."""
    from luytre.journal import clock
    from luytre.rooms.reminders.models import Followed, Notice, Told

    account = _account(body)
    if account is None:
        return {"number": ABSENT}
    today = clock.today()
    notice, new = Notice.objects.get_or_create(person=account.ref, on=today, defaults={"at": clock.now()})
    if new:
        matter = Followed.objects.create(duty="D01", ref=f"org:{body}", window="", due_on=today, answerable=f"org:{body}")
        Told.objects.create(matter=matter, rung="contact", person=account.ref, on=today, notice=notice)
    return {"number": notice.pk}


def _view(body: str | None, cast: Cast) -> dict[str, object]:
    """A view of a list kept by someone there."""
    from luytre.journal import clock
    from luytre.overview.lists.models import SavedView

    account = _account(body)
    if account is None:
        return {"number": ABSENT}
    held, _made = SavedView.objects.get_or_create(person=account.person, list="systems", name="Xem kín", defaults={"made_at": clock.now()})
    return {"number": held.pk}


def _calendar(body: str | None, cast: Cast) -> dict[str, object]:
    """The calendar of someone there."""
    from luytre.journal import clock
    from luytre.overview.feeds.models import Feed

    account = _account(body)
    if account is None:
        return {"number": ABSENT}
    given = {"nonce": "kin", "opened_at": clock.now()}
    return {"number": Feed.objects.get_or_create(person=account.person, organisation=None, defaults=given)[0].pk}


SOMEBODY = {"tinh": "auditor", "agency": "officer", "child": "child-head", "sibling": "sibling-head", "commune": "commune"}


def _person(body: str | None, cast: Cast) -> dict[str, object]:
    return {"code": {**SOMEBODY, "firm": "enterprise"}.get(body or "", "khong-co")}


def _letter(body: str | None, cast: Cast) -> dict[str, object]:
    """A letter by which that body lets the province file for it."""
    from luytre.journal import clock
    from luytre.rooms.duties import actions

    if body is None:
        return {"number": ABSENT}
    if ("letter", body) not in cast.made:
        cast.made["letter", body] = actions.delegate(
            by="console", at=clock.now(), unit=f"org:{body}", to="org:dau-moi", number="3/CV", on=clock.today()
        ).pk
    return {"number": cast.made["letter", body]}


def _invited(body: str | None, cast: Cast) -> dict[str, object]:
    """An invitation on its way to that body's contact."""
    from datetime import timedelta

    from django.utils import timezone

    from luytre.doors.models import Invitation
    from luytre.register.models import Organisation, Person

    if body == "agency" and ("invited", body) not in cast.made:
        sent = timezone.now()
        words = {"by": "console", "sent_at": sent, "ends_at": sent + timedelta(days=7), "digest": "kin"}
        contact, agency = Person.objects.get(code="contact"), Organisation.objects.get(code=body)
        cast.made["invited", body] = Invitation.objects.create(person=contact, organisation=agency, **words).pk
    return _body(body, cast)


def _incident(body: str | None, cast: Cast) -> dict[str, object]:
    """An incident of that body, with a piece of evidence."""
    from datetime import timedelta

    from luytre.journal import clock
    from luytre.rooms.incidents import actions
    from luytre.rooms.incidents.actions.cases import Finding

    if body is None:
        return {"code": "SC-2026-9999", "number": ABSENT, "form": "TT20.03"}
    if ("incident", body) not in cast.made:
        now = clock.now()
        told = {"title": f"Sự cố kín {body}", "text": f"mô tả kín {body}", "type": "malware"}
        made = actions.detect(by="console", at=now, finding=Finding(body=f"org:{body}", detected_at=now - timedelta(hours=1), **told))
        actions.take_evidence(by="console", at=now, incident=made, text=f"chứng cứ kín {body}")
        actions.add_asset(by="console", at=now, incident=made, name=f"máy kín {body}", kind="server", state="affected")
        cast.made["incident", body] = {"code": made.code, "number": 1, "form": "TT20.03"}
    found: dict[str, object] = cast.made["incident", body]
    return found


def _incident_file(body: str | None, cast: Cast) -> dict[str, object]:
    """A file of that body's incident."""
    from luytre.journal import clock
    from luytre.journal.models import Attachment
    from luytre.journal.store import Upload, put
    from luytre.rooms.incidents import actions, queries

    found = _incident(body, cast)
    if body is None:
        return found
    if ("incident_file", body) not in cast.made:
        held = queries.incident(str(found["code"]), seen_by="console", on=clock.today())
        assert held
        file = put(Upload("kin.txt", "text/plain", f"tệp kín {body}".encode()))
        actions.note(by="console", at=clock.now(), incident=held, text="", files=[file])
        cast.made["incident_file", body] = Attachment.objects.get(sha256=file.sha256).pk
    return {**found, "number": cast.made["incident_file", body]}


def _report(body: str | None, cast: Cast) -> dict[str, object]:
    """A report by anyone, attached to that body, with a file."""
    from luytre.journal import clock
    from luytre.journal.models import Attachment
    from luytre.journal.store import Upload
    from luytre.rooms.incidents import actions
    from luytre.rooms.incidents.actions.receiving import Telling

    if body is None:
        return {"code": "ZZZZ-ZZZZ", "number": ABSENT}
    if ("report", body) not in cast.made:
        files = [Upload("anh.txt", "text/plain", f"kín {body}".encode())]
        telling = Telling(channel="web", text=f"báo cáo kín {body}", token=f"kin-{body}", files=files)
        got = actions.receive(by="citizen", at=clock.now(), telling=telling)
        actions.attach(by="console", at=clock.now(), report=got.report, body=f"org:{body}")
        number = Attachment.objects.get(entry=got.report.entry_id).pk
        cast.made["report", body] = {"code": got.report.code, "number": number}
    found: dict[str, object] = cast.made["report", body]
    return found


def _hunt(body: str | None, cast: Cast) -> dict[str, object]:
    """A hunt of that body with a file, a run and what it found."""
    from datetime import timedelta

    from luytre.journal import clock
    from luytre.rooms.hunting import actions
    from luytre.rooms.hunting.models import Lead

    if body not in ("agency", "child", "sibling", "commune"):  # who owns a system
        return {"code": "SL-2026-9999", "number": 1, "run": 1}
    if ("hunt", body) not in cast.made:
        now, today = clock.now(), clock.today()
        said = {"systems": {f"system:sys-{body}": [f"MAY-KIN-{body}"]}, "from_on": today - timedelta(3), "until_on": today}
        hunt = actions.start(by="console", at=now, body=f"org:{body}", **said)
        row = '{"Channel":"Security","EventID":1102,"Provider_Name":"Microsoft-Windows-Eventlog","Computer":"MAY-KIN-%s"}'
        target = hunt.targets.get()
        file = actions.take_file(by="console", at=now, target=target, name=f"kin-{body}.json", content=(row % body).encode())
        run = actions.run(actions.ask_run(by="console", at=now, hunt=hunt).pk, now=clock.now, workers=1)
        assert Lead.objects.filter(run=run).exists()
        cast.made["hunt", body] = {"code": hunt.code, "upload": file.pk, "run": 1, "number": 1}
    found: dict[str, object] = cast.made["hunt", body]
    return found


def _hunt_file(body: str | None, cast: Cast) -> dict[str, object]:
    """A file of that body's hunt."""
    found = _hunt(body, cast)
    return {**found, "number": found.get("upload", ABSENT)}


KINDS: dict[str, Callable[[str | None, Cast], dict[str, object]]] = {
    "body": _body,
    "system": _system,
    "cell": _cell,
    "paper": _paper,
    "file": _file,
    "instruction": _instruction,
    "waiver": _waiver,
    "request": _request,
    "session": _session,
    "notice": _notice,
    "view": _view,
    "calendar": _calendar,
    "person": _person,
    "letter": _letter,
    "invited": _invited,
    "incident": _incident,
    "incident_file": _incident_file,
    "report": _report,
    "hunt": _hunt,
    "hunt_file": _hunt_file,
}

ROWS: dict[str, Row] = {
    "dang-nhap/": Row(stranger=True),
    "dang-nhap/buoc-hai/": Row(stranger=True),
    "dang-nhap/khoa-truy-cap/": Row(stranger=True),
    "dang-nhap/chua-dung-duoc/": Row(stranger=True),
    "dang-nhap/cong/da-huy/": Row(stranger=True),
    "dang-nhap/cong/<str:provider_id>/": Row(stranger=True, fill={"provider_id": "khong-co"}),
    "dang-nhap/cong/<str:provider_id>/xong/": Row(stranger=True, fill={"provider_id": "khong-co"}),
    "dang-xuat/": Row(stranger=True),
    "tai-khoan/": Row(),
    "tai-khoan/buoc-hai/": Row(),
    "tai-khoan/mat-khau/": Row(),
    "tai-khoan/xac-nhan/": Row(),
    "tai-khoan/xac-nhan/ma/": Row(),
    "tai-khoan/xac-nhan/khoa/": Row(gives="file"),
    "tai-khoan/bao-ve/": Row(),
    "tai-khoan/ung-dung/": Row(gives="file"),  # a fresh secret each time
    "tai-khoan/ung-dung/go/": Row(),
    "tai-khoan/ma-du-phong/": Row(),
    "tai-khoan/ma-du-phong/tao-lai/": Row(),
    "tai-khoan/ma-du-phong/tai-ve/": Row(),
    "tai-khoan/khoa/": Row(),
    "tai-khoan/khoa/them/": Row(gives="file"),  # a fresh challenge each time
    "tai-khoan/khoa/<int:pk>/go/": Row(fill={"pk": ABSENT}),
    "tai-khoan/khoa/<int:pk>/ten/": Row(fill={"pk": ABSENT}),
    "tai-khoan/don-vi/": Row(asked=("?q=so",), also=("administrator",)),
    "tai-khoan/don-vi/<str:code>/": Row("body", also=("administrator",)),
    "tai-khoan/don-vi/<str:code>/<str:person>/thu-moi/": Row("body", fill={"person": "contact"}, also=("administrator",)),
    "tai-khoan/don-vi/<str:code>/<str:person>/thu-moi/thu-hoi/": Row("invited", fill={"person": "contact"}, also=("administrator",)),
    "tai-khoan/don-vi/<str:code>/<str:person>/tam-ngung/": Row("body", fill={"person": "contact"}, also=("administrator",)),
    "tai-khoan/don-vi/<str:code>/<str:person>/dung-lai/": Row("body", fill={"person": "contact"}, also=("administrator",)),
    "tai-khoan/don-vi/<str:code>/<str:person>/thoi-viec/": Row("body", fill={"person": "contact"}, also=("administrator",)),
    "loi-moi/<str:token>/": Row(stranger=True, fill={"token": "khong-co"}),
    "tai-khoan/phien/": Row(),
    "tai-khoan/phien/<int:number>/ket-thuc/": Row("session"),
    "ngon-ngu/": Row(stranger=True),
    "": Row(),
    "desk/mine/": Row(),
    "desk/mine/confirm/": Row(),
    "desk/mine/systems/": Row(),
    "desk/organisations/": Row(asked=("?q=tre", "?type=commune", "?late=1", "?sort=open", "?duty=D01")),
    "desk/organisations/<str:code>/": Row("body"),
    "desk/systems/": Row(asked=("?q=kin", "?level=2", "?duty=D09", "?sort=hunt", "?sort=owner", "?phase=operating")),
    "desk/systems/<str:code>/": Row("system"),
    "desk/board/": Row(asked=("?q=so", "?duty=D01", "?type=department")),
    "desk/board/matrix.xlsx": Row(gives="file"),
    "desk/why/<str:duty>/<str:ref>/": Row("cell"),
    "kit/": Row(),
    "desk/duties/file/": Row(asked=("?about={ref}", "?about={system}")),
    "desk/duties/reviews/": Row(),
    "desk/duties/evidence/<int:number>/": Row("paper"),
    "desk/duties/evidence/<int:number>/acceptance/": Row("paper"),
    "desk/duties/evidence/<int:number>/rejection/": Row("paper"),
    "desk/duties/evidence/<int:number>/retraction/": Row("paper"),
    "desk/duties/evidence/<int:number>/files/<int:file>/": Row("file", gives="file"),
    "desk/duties/waivers/": Row(),
    "desk/duties/waivers/new/": Row(asked=("?about={ref}",)),
    "desk/duties/waivers/request/": Row(),
    "desk/duties/waivers/<int:number>/refusal/": Row("waiver"),
    "desk/duties/delegations/": Row(),
    "desk/duties/delegations/<int:number>/end/": Row("letter", party=("dau-moi",)),
    "desk/duties/delegations/new/": Row(),
    "desk/duties/<str:duty>/model-text.docx": Row(asked=("?about={ref}",), fill={"duty": "D01"}, gives="file"),
    "desk/brief/": Row(),
    "desk/compare/": Row(),
    "desk/coordination/": Row(),
    "desk/coordination/unconfirmed/": Row(),
    "desk/coordination/law/": Row(),
    "desk/coordination/law/<str:instrument>/<str:name>/": Row(fill={"instrument": "13-CT-UBND-2022", "name": "advisory_days"}),
    "desk/submissions/": Row(),
    "desk/submissions/new/": Row(),
    "desk/submissions/cooperation/": Row(),
    "desk/submissions/cooperation/new/": Row(),
    "desk/submissions/<int:number>/": Row("request"),
    "desk/submissions/board/": Row(asked=("?kind=level",)),
    "desk/submissions/board/decisions/": Row(),
    "desk/reports/": Row(),
    "desk/reports/own/": Row(asked=("?body={code}",)),
    "desk/reports/own/<str:kind>/<int:year>/": Row(asked=("?body={code}",), fill={"kind": "annual", "year": 2026}),
    "desk/reports/own/<str:kind>/<int:year>/files/<str:form>/": Row(
        asked=("?body={code}",), fill={"kind": "annual", "year": 2026, "form": "pdf"}, gives="file"
    ),
    "desk/reports/oscal/<str:code>/": Row("body", gives="file"),
    "desk/reports/form-05/<str:period>/<str:form>/": Row(fill={"period": "2026-H1", "form": "pdf"}, gives="file"),
    "desk/reports/open/<str:period>/<str:form>/": Row(fill={"period": "2026-10", "form": "csv"}, gives="file"),
    "desk/reports/synthesis/<str:of>/<int:year>/": Row(fill={"of": "annual_reports", "year": 2026}),
    "desk/reports/monthly/<str:period>/": Row(fill={"period": "2026-10"}),
    "desk/reports/monthly/<str:period>/words/": Row(fill={"period": "2026-10"}),
    "desk/reports/monthly/<str:period>/issue/": Row(fill={"period": "2026-10"}),
    "desk/reports/monthly/<str:period>/files/<str:kind>/": Row(fill={"period": "2026-10", "kind": "pdf"}, gives="file"),
    "desk/reports/monthly/<str:period>/figures/<str:name>/<str:span>/": Row(fill={"period": "2026-10", "name": "duties", "span": "this"}),
    "desk/papers/": Row(asked=("?q=kin", "?state=waiting", "?sort=-on", "?verb=principles.taught")),
    "desk/people/": Row(asked=("?q=nguoi", "?q=tre", "?role=head")),
    "desk/organisations.xlsx": Row(gives="file"),
    "desk/systems.xlsx": Row(gives="file"),
    "desk/papers.xlsx": Row(gives="file"),
    "desk/people.xlsx": Row(gives="file"),
    "desk/views/": Row(),
    "desk/views/<int:number>/dropping/": Row("view"),
    "desk/mine/calendar/": Row(),
    "desk/mine/calendar/<int:number>/closing/": Row("calendar"),
    "lich/<str:secret>.ics": Row(stranger=True, fill={"secret": "1-khong-co"}, gives="file"),
    "desk/search/": Row(asked=("?q=tre", "?q=kin", "?q=nguoi+giu", "?q=so&kind=org")),
    "desk/search/hits/": Row(asked=("?q=tre", "?q=kin")),
    "bao-cao-su-co/": Row(stranger=True, gives="file"),  # a fresh token each time
    "bao-cao-su-co/bien-nhan/": Row(stranger=True),
    "theo-doi/": Row(stranger=True),
    "theo-doi/<str:code>/": Row(stranger=True, fill={"code": "ZZZZ-ZZZZ"}),
    "theo-doi/<str:code>/tep/<int:number>/": Row(stranger=True, fill={"code": "ZZZZ-ZZZZ", "number": 1}),
    "theo-doi/<str:code>/<str:words>/": Row(stranger=True, fill={"code": "ZZZZ-ZZZZ", "words": "a-b-c-d"}),
    "desk/register/keys/": Row(),
    "desk/register/keys/<str:name>/end/": Row(fill={"name": "khongco2"}),
    "api/v1/incident-reports/": Row(stranger=True),  # 401 without a key, whoever asks (tests/register/test_keys.py)
    "api/v1/incident-reports/<str:code>/": Row(stranger=True, fill={"code": "ZZZZ-ZZZZ"}),
    "api/v1/incident-reports/<str:code>/additions/": Row(stranger=True, fill={"code": "ZZZZ-ZZZZ"}),
    "api/v1/incidents/": Row(stranger=True),
    "api/openapi.json": Row(stranger=True, gives="file"),
    "desk/hunts/": Row(),
    "desk/hunts/new/": Row(asked=("?body={ref}",)),
    "desk/hunts/<str:code>/": Row("hunt"),
    "desk/hunts/<str:code>/files/": Row("hunt"),
    "desk/hunts/<str:code>/uploads/": Row("hunt"),
    "desk/hunts/<str:code>/uploads/<int:number>/parts/": Row("hunt_file"),
    "desk/hunts/<str:code>/uploads/<int:number>/drop/": Row("hunt_file"),
    "desk/hunts/<str:code>/runs/": Row("hunt"),
    "desk/hunts/<str:code>/cancel/": Row("hunt"),
    "desk/hunts/<str:code>/conclusion/": Row("hunt"),
    "desk/hunts/<str:code>/runs/<int:run>/": Row("hunt"),
    "desk/hunts/<str:code>/runs/<int:run>/leads/<int:number>/": Row("hunt"),
    "desk/incidents/": Row(),
    "desk/incidents/cases/": Row(asked=("?show=all", "?q=kin&show=all", "?show=serious")),
    "desk/incidents/figures/": Row(),
    "desk/incidents/new/": Row(asked=("?body={ref}",)),
    "desk/incidents/shift/": Row(),
    "desk/incidents/shift/taking/": Row(),
    "desk/incidents/shift/handing/": Row(),
    "desk/incidents/log/": Row(asked=("?day=2026-11-20",)),
    "desk/incidents/log/<str:day>.docx": Row(fill={"day": "2026-11-20"}, gives="file"),
    "desk/incidents/log/<str:day>.pdf": Row(fill={"day": "2026-11-20"}, gives="file"),
    "desk/incidents/log/<str:day>/issue/": Row(fill={"day": "2026-11-20"}),
    "desk/incidents/alarms/": Row(),
    "desk/incidents/alarms/answer/": Row(),
    "desk/incidents/<str:code>/acknowledgement/": Row("incident"),
    "desk/incidents/phone/": Row(gives="file"),  # a fresh token each time
    "desk/incidents/reports/": Row(asked=("?state=all", "?state=waiting")),
    "desk/incidents/reports/<str:code>/": Row("report"),
    "desk/incidents/reports/<str:code>/taking/": Row("report"),
    "desk/incidents/reports/<str:code>/answer/": Row("report"),
    "desk/incidents/reports/<str:code>/attachment/": Row("report"),
    "desk/incidents/reports/<str:code>/merger/": Row("report"),
    "desk/incidents/reports/<str:code>/split/": Row("report"),
    "desk/incidents/reports/<str:code>/end/": Row("report"),
    "desk/incidents/reports/<str:code>/files/<int:number>/": Row("report", gives="file"),
    "desk/incidents/<str:code>/": Row("incident"),
    "desk/incidents/<str:code>/assessment/": Row("incident"),
    "desk/incidents/<str:code>/notes/": Row("incident"),
    "desk/incidents/<str:code>/restoration/": Row("incident"),
    "desk/incidents/<str:code>/explanation/": Row("incident"),
    "desk/incidents/<str:code>/tasks/": Row("incident"),
    "desk/incidents/<str:code>/tasks/<int:number>/done/": Row("incident"),
    "desk/incidents/<str:code>/merger/": Row("incident"),
    "desk/incidents/<str:code>/closure/": Row("incident"),
    "desk/incidents/<str:code>/evidence/": Row("incident"),
    "desk/incidents/<str:code>/evidence/<int:number>/handing/": Row("incident"),
    "desk/incidents/<str:code>/evidence/<int:number>/receipt/": Row("incident"),
    "desk/incidents/<str:code>/files/<int:number>/": Row("incident_file", gives="file"),
    "desk/incidents/<str:code>/papers/<str:form>/": Row("incident"),
    "desk/incidents/<str:code>/papers/<str:form>/changes/": Row("incident"),
    "desk/incidents/<str:code>/evidence/<int:number>/declining/": Row("incident"),
    "desk/incidents/<str:code>/bundle.tar": Row("incident", gives="file"),
    "desk/incidents/<str:code>/steps/<str:step>/": Row("incident", fill={"step": "ordinary.1"}),
    "desk/incidents/<str:code>/assets/": Row("incident"),
    "desk/incidents/<str:code>/assets/<int:number>/": Row("incident"),
    "desk/incidents/<str:code>/costs/": Row("incident"),
    "desk/incidents/<str:code>/papers/<str:form>.docx": Row("incident", gives="file"),
    "desk/instructions/": Row(asked=("?show=waiting",)),
    "desk/instructions/new/": Row(asked=("?to={ref}", "?thing={system}")),
    "desk/instructions/<str:number>/": Row("instruction"),
    "desk/instructions/<str:number>/answer/": Row("instruction"),
    "desk/instructions/<str:number>/files/<int:file>/": Row("instruction", gives="file"),
    "desk/instructions/<str:number>/answers/<int:answer>/acceptance/": Row("instruction"),
    "desk/instructions/<str:number>/answers/<int:answer>/return/": Row("instruction"),
    "desk/instructions/<str:number>/extension/": Row("instruction"),
    "desk/instructions/<str:number>/withdrawal/": Row("instruction"),
    "desk/instructions/<str:number>/announcement/": Row("instruction"),
    "desk/instructions/<str:number>/thong-bao.docx": Row("instruction", gives="file"),
    "desk/reminders/": Row(asked=("?show=gaps", "?show=late", "?q=tre")),
    "desk/reminders/sent/": Row(),
    "desk/reminders/letters/": Row(asked=("?show=sent",)),
    "desk/reminders/<int:number>/": Row("notice"),
    "desk/reminders/<int:number>/acknowledgement/": Row("notice"),
    "desk/reminders/about/<str:ref>/": Row("cell"),
    "desk/rights/": Row(asked=("?thing={code}", "?thing={ref}", "?thing={system}&verb=plan.submitted", "?thing=entry:{paper}")),
    "desk/rights/label/": Row(asked=("?of=entry:{paper}",)),
    "desk/rights/systems/<str:code>/storage/": Row("system"),
    "desk/rights/journal/": Row(),
    "desk/rights/journal/heads/": Row(),
    "desk/rights/journal/bundle.tar": Row(gives="file"),
    "desk/rights/privacy/": Row(),
    "desk/rights/people/<str:code>/": Row("person", also=("administrator",)),
    "desk/rights/people/<str:code>/data.json": Row("person", gives="file", also=("administrator",)),
    "desk/rights/people/<str:code>/erasure/": Row("person", also=("administrator",)),
    "desk/register/import/": Row(),
    "desk/register/import/confirmation/": Row(),
    "desk/register/import/template.xlsx": Row(gives="file"),
    "desk/register/export.xlsx": Row(gives="file"),
}


def suggestion(address: str) -> str:
    """A row to begin with, guessed from the words of the path."""
    names = {part.split(">")[0].split(":")[-1] for part in address.split("<")[1:]}
    kinds = {("code", "systems"): "system", ("code", "organisations"): "body", ("number", "evidence"): "paper", ("ref", "why"): "cell"}
    about = next((kind for (name, part), kind in kinds.items() if name in names and part in address), "…" if names else "")
    said = f'"{about}"' if about else ""
    return f'    "{address}": Row({said}),'
