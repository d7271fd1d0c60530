"""The walk of a hunt: started, logs in, rules over them, judged by people, concluded; what it covers and what it does not."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from luytre.core.refusal import Refusal
from luytre.journal.models import Entry
from luytre.rooms.duties import projection as duties
from luytre.rooms.hunting import actions, jobs, queries
from luytre.rooms.hunting.actions import running, uploads
from luytre.rooms.hunting.models import Finding, Hunt, Lead, Run, Suppression, Upload
from luytre.rooms.hunting.queries import findings, shelf
from luytre.rooms.hunting.rules import coverage, names
from luytre.rooms.incidents.models import Incident

from .logs import FROM, HOSTS, UNTIL, all_days, events

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
Reading = Callable[[str], Client]


def started(body: str = "so-y-te", by: str = "can-bo", systems: dict[str, list[str]] | None = None) -> Hunt:
    wanted = {"system:his": list(HOSTS)} if systems is None else systems
    return actions.start(by=f"person:{by}", at=NOW, body=f"org:{body}", systems=wanted, from_on=FROM, until_on=UNTIL)


def with_logs(hunt: Hunt, hosts: tuple[str, ...] = HOSTS, *, bad: bool = False, by: str = "can-bo") -> None:
    target = hunt.targets.get()
    for host in hosts:
        content = events(host, all_days(), bad=bad and host == hosts[0])
        actions.take_file(by=f"person:{by}", at=NOW, target=target, name=f"{host}.json", content=content)


def ran(hunt: Hunt, by: str = "can-bo") -> Run:
    return actions.run(actions.ask_run(by=f"person:{by}", at=NOW, hunt=hunt).pk, now=lambda: NOW, workers=1)


def concluded(hunt: Hunt, systems: tuple[str, ...] = ("system:his",), gaps: dict[str, str] | None = None) -> None:
    said = actions.Conclusion(hypothesis="Kẻ xấu đã vào.", conclusion="Không thấy dấu hiệu.", systems=systems, gaps=gaps or {})
    actions.complete(by="person:can-bo", at=NOW, hunt=hunt, said=said)


# -- the walk --


def test_a_quiet_hunt_over_every_host_files_its_own_proof(little: None) -> None:
    hunt = started()
    with_logs(hunt)
    run = ran(hunt)
    assert (run.fault, run.events, run.found) == ("", 9, 0)
    result = findings.result(hunt, run)
    assert result.is_whole
    assert "không thấy" in result.sentences[1]
    assert "3 trên 3 máy" in result.sentences[1]
    concluded(hunt)
    hunt.refresh_from_db()
    entry = hunt.completed
    assert entry is not None
    assert [mention.thing for mention in entry.mentions.all()] == ["system:his"]
    assert entry.detail["run"] == run.digest
    assert entry.detail["scope"] == "his: 3/3 máy, 9/9 máy × ngày"
    assert entry.attachments.get().name.endswith(".pdf")


def test_the_half_years_duty_is_met_by_the_conclusion_and_by_nothing_before_it(little: None) -> None:
    hunt = started()
    with_logs(hunt)
    ran(hunt)
    duties.rebuild(on=NOW.date())
    assert standing_of("D09", "system:his") != "met"
    concluded(hunt)
    assert standing_of("D09", "system:his") == "met"


def standing_of(duty: str, ref: str) -> str:
    lines = duties.standings(ref, date(2026, 11, 22), None)
    return next(line.cell.status for line in lines if line.duty.id == duty)


def test_one_host_of_three_turns_nothing_green_by_itself(little: None) -> None:
    hunt = started()
    with_logs(hunt, HOSTS[:1])
    run = ran(hunt)
    one = findings.coverages(hunt, run)["system:his"]
    assert (one.seen_hosts, len(one.declared), one.seen_cells, one.cells) == (1, 3, 3, 9)
    assert not one.is_whole
    with pytest.raises(Refusal, match="Chưa xem trọn"):
        concluded(hunt)
    assert not Entry.objects.filter(verb="hunt.completed").exists()
    concluded(hunt, gaps={"system:his": "DB-01 và AD-01 đã ngừng dùng từ tháng 9."})
    entry = Entry.objects.get(verb="hunt.completed")
    assert entry.detail["scope"] == "his: 1/3 máy, 3/9 máy × ngày"
    assert "ngừng dùng" in entry.aside.text["gaps"]


def test_a_system_nothing_was_seen_of_is_never_recorded(little: None) -> None:
    hunt = started(systems={"system:his": ["WEB-01"], "system:cong": ["CONG-01"]})
    target = hunt.targets.get(system="system:his")
    actions.take_file(by="person:can-bo", at=NOW, target=target, name="a.json", content=events("WEB-01", all_days()))
    ran(hunt)
    with pytest.raises(Refusal, match="không ghi nhận"):
        concluded(hunt, ("system:his", "system:cong"), {"system:cong": "máy này giống máy kia nên coi là đủ"})
    concluded(hunt)
    assert [mention.thing for mention in Entry.objects.get(verb="hunt.completed").mentions.all()] == ["system:his"]


def test_logs_of_one_system_do_not_count_for_another(little: None) -> None:
    hunt = started(systems={"system:his": ["WEB-01"], "system:cong": ["WEB-01"]})
    target = hunt.targets.get(system="system:his")
    actions.take_file(by="person:can-bo", at=NOW, target=target, name="a.json", content=events("WEB-01", all_days()))
    told = findings.coverages(hunt, ran(hunt))
    assert told["system:his"].is_whole
    assert told["system:cong"].is_empty


def test_a_confirmed_finding_opens_one_incident_for_its_host(little: None) -> None:
    hunt = started()
    with_logs(hunt, bad=True)
    run = ran(hunt)
    lead = Lead.objects.get(run=run)
    assert (lead.count, lead.host) == (1, "WEB-01.xa.local")
    with pytest.raises(Refusal, match="chưa có kết luận"):
        concluded(hunt)
    actions.judge(by="person:can-bo", at=NOW, lead=lead, verdict="true", reason="thấy trên máy thật")
    held = Incident.objects.get()
    assert (held.body, held.system, lead.incident) == ("org:so-y-te", "system:his", held.code)
    assert Entry.objects.get(verb="finding.triaged").detail["incident"] == held.code
    concluded(hunt)
    held.refresh_from_db()
    assert held.closed_at is None  # neither closes the other


def test_benign_needs_its_reason_and_suppression_its_end(little: None) -> None:
    hunt = started()
    with_logs(hunt, bad=True)
    lead = Lead.objects.get(run=ran(hunt))
    with pytest.raises(Refusal, match="lý do"):
        actions.judge(by="person:can-bo", at=NOW, lead=lead, verdict="benign")
    with pytest.raises(Refusal, match="Ghi ngày"):
        actions.judge(by="person:can-bo", at=NOW, lead=lead, verdict="suppressed", reason="sao lưu hằng đêm")
    until = NOW.date() + timedelta(30)
    actions.judge(by="person:can-bo", at=NOW, lead=lead, verdict="suppressed", reason="sao lưu hằng đêm", scope="host", until_on=until)
    again = Lead.objects.get(run=ran(hunt))
    assert again.verdict == "suppressed"
    Suppression.objects.update(until_on=NOW.date())
    assert Lead.objects.get(run=ran(hunt)).verdict == ""


def test_what_is_suppressed_at_one_body_is_brought_before_another(little: None) -> None:
    mine = started()
    with_logs(mine, bad=True)
    lead, until = Lead.objects.get(run=ran(mine)), NOW.date() + timedelta(30)
    actions.judge(by="person:can-bo", at=NOW, lead=lead, verdict="suppressed", reason="sao lưu đêm", scope="body", until_on=until)
    theirs = started("xa-a", "xa-a", {"system:mot-cua": list(HOSTS)})
    with_logs(theirs, bad=True, by="xa-a")
    assert Lead.objects.get(run=ran(theirs, "xa-a")).verdict == ""


def test_the_same_logs_and_rules_give_the_same_digest(little: None) -> None:
    hunt = started()
    with_logs(hunt, bad=True)
    first, second = ran(hunt), ran(hunt)
    assert first.number != second.number
    assert first.digest == second.digest != ""
    actions.take_file(by="person:can-bo", at=NOW, target=hunt.targets.get(), name="them.json", content=events("X", all_days()))
    assert ran(hunt).digest != first.digest


# -- bodies apart --


def test_nobody_hunts_over_a_system_of_another_body(little: None) -> None:
    with pytest.raises(Refusal, match="hệ thống đang vận hành của đơn vị"):
        started(systems={"system:mot-cua": ["A"]})
    with pytest.raises(Refusal):
        started("xa-a", "can-bo", {"system:mot-cua": ["A"]})


def test_nobody_puts_logs_into_a_hunt_of_another_body(little: None) -> None:
    theirs = started("xa-a", "xa-a", {"system:mot-cua": ["A"]})
    with pytest.raises(Refusal):
        with_logs(theirs)
    with pytest.raises(Refusal):
        actions.ask_run(by="person:can-bo", at=NOW, hunt=theirs)


def test_the_logs_of_two_bodies_never_meet(little: None, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run is given its own hunt's files and no other's; where they lie no folder is shared."""
    mine, theirs = started(), started("xa-a", "xa-a", {"system:mot-cua": ["XA-01"]})
    with_logs(mine)
    target = theirs.targets.get()
    actions.take_file(by="person:xa-a", at=NOW, target=target, name="xa.json", content=events("XA-01", all_days(), bad=True))
    given: list[list[str]] = []
    engine = running.Engine

    def watched(rules: object, paths: list[str], **rest: object) -> object:
        given.append(sorted(file.name for path in paths for file in Path(path).rglob("*") if file.is_file()))
        return engine(rules, paths, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "Engine", watched)
    one, other = ran(mine), ran(theirs, "xa-a")
    assert given == [["AD-01.json", "DB-01.json", "WEB-01.json"], ["xa.json"]]
    assert not Lead.objects.filter(run=one).exists()
    assert Lead.objects.get(run=other).host == "XA-01.xa.local"
    assert {uploads.folder(file).parent for file in Upload.objects.all()} == {place / "logs" / str(h.pk) for h in (mine, theirs)}
    assert queries.hunt(theirs.code, seen_by="person:can-bo", on=NOW.date()) is None
    assert queries.hunt(theirs.code, seen_by="person:xa-a", on=NOW.date()) == theirs
    assert findings.pivots(Lead.objects.get(run=other), seen_by="person:can-bo", on=NOW.date()) == []


# -- logs on their way in --


def test_a_file_goes_on_where_it_stopped(little: None) -> None:
    hunt = started()
    content = events("WEB-01", all_days() * 50)
    said = {"by": "person:can-bo", "at": NOW, "target": hunt.targets.get(), "name": "lon.json", "size": len(content)}
    first = actions.open_upload(**said)
    actions.take_part(by="person:can-bo", at=NOW, upload=first, offset=0, content=content[:1000])
    with pytest.raises(Refusal, match="chưa xong"):
        actions.ask_run(by="person:can-bo", at=NOW, hunt=hunt)
    again = actions.open_upload(**said)  # another day, another browser
    assert (again.pk, again.received) == (first.pk, 1000)
    with pytest.raises(Refusal, match="gửi tiếp từ đó"):
        actions.take_part(by="person:can-bo", at=NOW, upload=again, offset=2000, content=content[2000:])
    twice = actions.take_part(by="person:can-bo", at=NOW, upload=again, offset=0, content=content[:1000])
    assert twice.received == 1000
    with pytest.raises(Refusal, match="sai khi truyền"):
        actions.take_part(by="person:can-bo", at=NOW, upload=again, offset=1000, content=content[1000:], sha256="0" * 64)
    whole = actions.take_part(by="person:can-bo", at=NOW, upload=again, offset=1000, content=content[1000:])
    assert whole.is_whole
    assert b"".join(uploads.plain(whole)) == content
    assert ran(hunt).events == 150


def test_parts_lie_sealed(little: None) -> None:
    hunt = started()
    with_logs(hunt, HOSTS[:1])
    lying = uploads.folder(Upload.objects.select_related("target").get()) / "0"
    assert b"vssadmin" not in lying.read_bytes()


def test_a_part_that_was_touched_is_said_and_nothing_is_concluded(little: None) -> None:
    hunt = started()
    with_logs(hunt, HOSTS[:1])
    lying = uploads.folder(Upload.objects.select_related("target").get()) / "0"
    lying.write_bytes(lying.read_bytes()[:-5] + b"xxxxx")
    run = ran(hunt)
    assert "không đọc được nhật ký" in run.fault
    assert not list(running.work_folder().iterdir())


@pytest.mark.parametrize("content", [b"%PDF-1.7 x" * 20, b"MZ\x90\0" * 50, b"\x89PNG\r\n\x1a\n" * 9, b"hoa co qua " * 30])
def test_what_is_no_log_is_refused_and_not_kept(little: None, content: bytes) -> None:
    hunt = started()
    with pytest.raises(Refusal, match="Không nhận ra"):
        actions.take_file(by="person:can-bo", at=NOW, target=hunt.targets.get(), name="a.log", content=content)


def test_more_than_announced_is_refused(little: None) -> None:
    hunt = started()
    file = actions.open_upload(by="person:can-bo", at=NOW, target=hunt.targets.get(), name="a.json", size=10)
    with pytest.raises(Refusal, match="không khớp"):
        actions.take_part(by="person:can-bo", at=NOW, upload=file, offset=0, content=events("A", all_days()))


NASTY = [
    "../../etc/passwd",
    "..\\..\\windows\\system32\\a.evtx",
    "/etc/shadow",
    "a\0b.json",
    "\u202egnp.evtx",
    "x" * 900 + ".evtx",
    "...",
    "",
]


@pytest.mark.parametrize("name", [*NASTY, "con\nfig.json", "Nhật ký tháng 11.evtx"])
def test_no_name_leaves_its_folder(name: str) -> None:
    clean = names.safe(name)
    assert clean
    assert Path(clean).name == clean
    assert clean not in (".", "..")
    assert len(clean.encode()) <= 240
    assert clean.isprintable()


def test_a_nasty_name_is_hunted_through_under_a_clean_one(little: None) -> None:
    hunt = started()
    said = {"by": "person:can-bo", "at": NOW, "target": hunt.targets.get(), "content": events("WEB-01", all_days())}
    actions.take_file(name="../../../tmp/ra-ngoai.json", **said)
    run = ran(hunt)
    assert run.events == 3
    assert run.summary["inputs"][0]["file"] == "ra-ngoai.json"


def test_a_bomb_in_an_archive_is_named_and_ends_nothing(little: None) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("../../bom.json", b"0" * 400_000_000)
        out.writestr("tot.json", events("WEB-01", all_days()))
    hunt = started()
    said = {"by": "person:can-bo", "at": NOW, "target": hunt.targets.get()}
    actions.take_file(name="bom.zip", content=packed.getvalue(), **said)
    run = ran(hunt)
    assert run.fault == ""
    assert run.summary["inputs_not_parsed"]
    with pytest.raises(Refusal):  # what could not be read is never silently looked at
        concluded(hunt)


# -- runs --


def test_a_run_that_died_begins_anew_and_says_so(little: None, monkeypatch: pytest.MonkeyPatch) -> None:
    hunt = started()
    with_logs(hunt, bad=True)
    run = actions.ask_run(by="person:can-bo", at=NOW, hunt=hunt)
    begun: list[int] = []
    monkeypatch.setattr(jobs, "_process", lambda pk: begun.append(pk) or _Ended())
    assert jobs.begin(NOW) == 1
    assert jobs.begin(NOW) == 0  # it is at work
    lead = Lead.objects.create(run=run, number=7, rule="x", title="còn sót", level="low", rank=3, host="a", why="[]")
    Finding.objects.create(lead=lead, told="{}")
    Run.objects.update(beat_at=timezone.now() - timedelta(minutes=5))  # killed
    assert jobs.begin(NOW) == 1
    done = actions.run(run.pk, now=lambda: NOW, workers=1)
    assert (done.attempts, done.found, done.fault) == (2, 1, "")
    assert Lead.objects.get(run=run).title != "còn sót"
    assert begun == [run.pk, run.pk]


class _Ended:
    def poll(self) -> int:
        return 0


def test_a_run_that_dies_every_time_is_given_up_in_words(little: None) -> None:
    hunt = started()
    with_logs(hunt)
    actions.ask_run(by="person:can-bo", at=NOW, hunt=hunt)
    Run.objects.update(attempts=jobs.MOST_ATTEMPTS, beat_at=timezone.now() - timedelta(minutes=5))
    assert jobs.begin(NOW) == 0
    assert "bị ngắt nhiều lần" in Run.objects.get().fault


def test_stop_keeps_what_was_found_and_concludes_nothing(little: None) -> None:
    hunt = started()
    with_logs(hunt)
    run = actions.ask_run(by="person:can-bo", at=NOW, hunt=hunt)
    Run.objects.filter(pk=run.pk).update(begun_at=NOW)
    actions.cancel(by="person:can-bo", at=NOW, run=run)
    done = actions.run(run.pk, now=lambda: NOW, workers=1)
    assert done.is_over
    assert not done.is_good
    with pytest.raises(Refusal, match="chưa xong trọn vẹn"):
        concluded(hunt)
    with pytest.raises(Refusal, match="đang chạy"):
        actions.ask_run(by="person:can-bo", at=NOW, hunt=hunt)
        actions.ask_run(by="person:can-bo", at=NOW, hunt=hunt)


def test_old_logs_go_and_findings_stay(little: None) -> None:
    hunt = started()
    with_logs(hunt, bad=True)
    ran(hunt)
    assert jobs.sweep(NOW) == 0
    assert jobs.sweep(NOW + timedelta(days=181)) == 3
    assert Lead.objects.count() == 1


# -- coverage --


def test_hosts_are_one_by_their_first_label_and_days_outside_do_not_count() -> None:
    told = [("web-01.xa.local", "2026-11-01"), ("WEB-01", "2026-11-02"), ("web-01", "2026-12-01"), ("la", "2026-11-01")]
    one = coverage.of("system:a", ["Web-01", "DB-01"], told, FROM, UNTIL)
    assert [(line.host, line.count, line.declared) for line in one.lines] == [("Web-01", 2, True), ("DB-01", 0, True), ("la", 1, False)]
    assert (one.seen_cells, one.cells, one.percent) == (2, 6, 33)


def test_no_declared_host_is_never_whole() -> None:
    assert not coverage.of("system:a", [], [("a", "2026-11-01")], FROM, UNTIL).is_whole


# -- pages --


def test_the_walk_by_pages_alone(reading: Reading) -> None:
    from io import BytesIO

    client = reading("can-bo")
    form = {"body": "org:so-y-te", "system": "system:his", "hosts-system:his": "WEB-01", "from_on": "01/11/2026", "to_on": "03/11/2026"}
    answer = client.post("/desk/hunts/new/", form)
    assert answer.status_code == 302
    file = BytesIO(events("WEB-01", all_days(), bad=True))
    file.name = "web.json"
    assert client.post(answer.url + "files/", {"system": "system:his", "file": file}).status_code == 302
    assert client.post(answer.url + "runs/").status_code == 302
    waiting = client.get(answer.url)
    assert waiting.headers["Refresh"] == "3"
    actions.run(Run.objects.get().pk, now=lambda: NOW, workers=1)
    assert "Refresh" not in client.get(answer.url).headers
    page = client.get(answer.url + "runs/1/")
    assert page.status_code == 200
    assert page.content.count(b'<td class="y">') == 3
    lead = client.get(answer.url + "runs/1/leads/1/")
    assert b"vssadmin delete shadows" in lead.content
    judged = client.post(answer.url + "runs/1/leads/1/", {"verdict": "benign", "reason": "dọn đĩa theo lịch"})
    assert judged.status_code == 302
    said = {"system": "system:his", "hypothesis": "Kẻ xấu đã vào.", "conclusion": "Không phải kẻ xấu."}
    assert client.post(answer.url + "conclusion/", said).status_code == 302
    assert Entry.objects.filter(verb="hunt.completed").count() == 1
    assert Entry.objects.filter(verb="hunt.read").count() == 2


def test_parts_by_the_page(reading: Reading) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, content = reading("can-bo"), events("WEB-01", all_days() * 20)
    hunt = started()
    base = f"/desk/hunts/{hunt.code}/uploads/"
    said = {"system": "system:his", "name": "a.json", "size": str(len(content)), "modified": "1762000000000"}
    told = client.post(base, said).json()
    cut = len(content) // 2
    first = SimpleUploadedFile("part", content[:cut])
    assert client.post(f"{base}{told['upload']}/parts/", {"offset": "0", "part": first}).json()["received"] == cut
    assert client.post(base, said).json()["received"] == cut
    gap = client.post(f"{base}{told['upload']}/parts/", {"offset": "1", "part": SimpleUploadedFile("part", b"x")})
    assert (gap.status_code, gap.json()["received"]) == (409, cut)
    rest = SimpleUploadedFile("part", content[cut:])
    assert client.post(f"{base}{told['upload']}/parts/", {"offset": str(cut), "part": rest}).json()["received"] == len(content)
    assert client.post(base, {**said, "modified": "9" * 15, "name": "b"}).status_code in (200, 422)


def test_the_result_costs_the_same_queries_however_much_was_found(reading: Reading, django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, hunt = reading("can-bo"), started()
    with_logs(hunt, bad=True)
    run = ran(hunt)
    address = f"/desk/hunts/{hunt.code}/runs/1/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(2, 400):
        Lead.objects.create(run=run, number=number, rule=f"r{number}", title=f"t{number}", level="low", rank=3, host=f"h{number}", why=[])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)
    assert len(many) < 45


def test_a_shelf_line_reads(little: None) -> None:
    hunt = started()
    assert [line.status for line in shelf.lines([hunt])] == ["open"]
