"""Mail to the duty desk: threads, bounces, machines, loops, duplicates, secrets; a thousand broken ones; the command that takes it in."""

import json
import os
import random
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from luytre.journal.models import Entry
from luytre.post import actions as post
from luytre.post.models import Letter
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.actions.mailbox import acknowledgement_key
from luytre.rooms.incidents.models import Mail, Message, Report
from luytre.rooms.incidents.rules import receipts
from luytre.rooms.incidents.rules.mail import Letter as Read
from luytre.rooms.incidents.rules.mail import read
from luytre.rooms.incidents.rules.threads import Decision, Memory, decide

from .conftest import NOW

DESK = "sucomang@tinh.example"
OWN = frozenset({DESK, "luytre@tinh.example"})
BOUNCE = b"""From: MAILER-DAEMON@mx.example (Mail Delivery System)
Return-Path: <>
To: sucomang@tinh.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn1@mx.example>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

I'm sorry
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; dan@thu.example
Action: failed
Status: 5.1.1
--b
Content-Type: message/rfc822

Subject: [7K4M-92QX] x

x
--b--
"""


def mail(body: str = "Trang xahoangphu.example hiện quảng cáo", name: str = "a1@thu.example", **headers: str) -> bytes:
    made = EmailMessage()
    given = {"From": "Dân <dan@thu.example>", "To": DESK, "Subject": "Trang web xã bị sửa", "Message-ID": f"<{name}>"}
    for header, value in {**given, **{key.replace("_", "-"): value for key, value in headers.items()}}.items():
        if value:
            made[header] = value
    made.set_content(body)
    return made.as_bytes()


def run(*mails: bytes) -> list[Decision]:
    """What becomes of mails in order, as a trial run tells."""
    memory, found = Memory(), []
    for raw in mails:
        letter = read(raw, OWN)
        decision = decide(letter, memory, b"k")
        memory.take(letter, decision, [post.message_id(acknowledgement_key(decision.code)).strip("<>")])
        found.append(decision)
    return found


def outcomes(*mails: bytes) -> list[str]:
    return [decision.outcome for decision in run(*mails)]


# -- threads --


def test_answers_go_to_their_report_by_reference() -> None:
    first, second, third = run(
        mail(),
        mail("thêm ảnh", "a2@thu.example", In_Reply_To="<a1@thu.example>"),
        mail("và nữa", "a3@thu.example", References="<x@y.example> <a2@thu.example>", From="anh@khac.example", Subject="Re: khác hẳn"),
    )
    assert [first.outcome, second.outcome, third.outcome] == ["report", "reply", "reply"]
    assert first.code == second.code == third.code
    assert receipts.read_code(first.code) == first.code


@pytest.mark.parametrize("subject", ["Re: [{}] Đã nhận", "tr: {} bổ sung", "=?utf-8?q?Re:_{}_th=C3=AAm?="])
def test_answers_go_to_their_report_by_the_code_in_the_subject(subject: str) -> None:
    (first,) = run(mail())
    for code in (first.code, first.code.lower()):
        again = mail("thêm", "b@khac.example", From="b@khac.example", Subject=subject.format(code))
        found = run(mail(), again)[1]
        assert (found.outcome, found.code) == ("reply", first.code)


def test_an_answer_to_our_acknowledgement_goes_to_the_report() -> None:
    (first,) = run(mail())
    ours = post.message_id(acknowledgement_key(first.code))
    assert run(mail(), mail("cảm ơn", "c@thu.example", In_Reply_To=ours, Subject="Re:"))[1].code == first.code


def test_an_answer_that_comes_before_what_it_answers_is_the_same_thread() -> None:
    late, first = run(mail("thêm", "a2@thu.example", In_Reply_To="<a1@thu.example>"), mail())
    assert [late.outcome, first.outcome] == ["report", "reply"]
    assert late.code == first.code


def test_two_strangers_who_quote_the_same_foreign_mail_are_two_reports() -> None:
    one = mail("tôi nhận thư này", "p@a.example", From="p@a.example", References="<lua@xau.example>")
    other = mail("tôi cũng nhận", "q@b.example", From="q@b.example", References="<lua@xau.example>")
    assert outcomes(one, other) == ["report", "report"]


def test_a_code_nobody_has_makes_a_report() -> None:
    assert outcomes(mail(Subject="Re: [ZZZZ-ZZZZ] gì đó")) == ["report"]


def test_codes_are_the_same_each_time_and_not_to_be_guessed() -> None:
    assert run(mail())[0].code == run(mail())[0].code
    letter = read(mail(), OWN)
    assert decide(letter, Memory(), b"k").code != decide(letter, Memory(), b"l").code


# -- what is no report --


def test_a_bounce_is_one_and_a_person_who_forwards_one_is_a_person() -> None:
    assert outcomes(BOUNCE) == ["bounce"]
    plain = mail(
        "not delivered", "m@mx.example", From="Mailer-Daemon@mx.example", Return_Path="<>", Subject="failure notice", To="x@y.example"
    )
    assert outcomes(plain) == ["bounce"]
    forwarded = EmailMessage()
    forwarded["From"], forwarded["To"], forwarded["Subject"] = "dan@thu.example", DESK, "Fwd: Undelivered Mail Returned to Sender"
    forwarded.set_content("Tôi nhận thư này mà tôi không gửi gì, có phải bị giả mạo?")
    forwarded.add_attachment(BOUNCE, maintype="application", subtype="octet-stream", filename="thu.eml")
    assert outcomes(forwarded.as_bytes()) == ["report"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-replied (vacation); owner-email=x@y"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "1"},
        {"Precedence": "auto_reply"},
        {"Precedence": "bulk"},
        {"Subject": "Automatic reply: Trang web"},
        {"Subject": "Out of Office until 30/11"},
        {"Subject": "Trả lời tự động: tôi nghỉ phép"},
        {"Subject": "Re: Tự động trả lời: vắng mặt"},
        {"Auto_Submitted": "auto-generated", "In_Reply_To": "<a1@thu.example>"},
        {"X_Loop": DESK},
        {"From": DESK},
        {"From": "Lũy Tre <LUYTRE@tinh.example>"},
        {"From": DESK, "To": "khac@tinh.example"},
    ],
)
def test_machines_and_loops_are_left_aside(headers: dict[str, str]) -> None:
    assert outcomes(mail(), mail("Tôi đi vắng", "auto@thu.example", **headers)) == ["report", "ignored"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "no"},
        {"Auto_Submitted": "auto-generated", "Subject": "[ALERT] web shell trên WEB-01"},  # a sensor reports
        {"Subject": "Tự động trả lời tin nhắn lạ trên Zalo của xã"},
        {"Subject": "Vắng mặt ở trụ sở, máy vẫn gửi thư"},
        {"X_Loop": "khac@noi-khac.example"},
        {"List_Id": "<an-ninh.noi-khac.example>"},
        {"From": "postmaster@xa.example", "Subject": "Máy chủ thư bị chiếm"},
    ],
)
def test_people_and_sensors_are_not_taken_for_machines(headers: dict[str, str]) -> None:
    assert outcomes(mail("Có việc", "r@thu.example", **headers)) == ["report"]


def test_a_read_receipt_and_a_file_that_is_no_mail_are_left_aside() -> None:
    seen = BOUNCE.replace(b"delivery-status", b"disposition-notification").replace(b"Undelivered Mail Returned", b"Da doc")
    assert outcomes(seen.replace(b"MAILER-DAEMON@mx.example", b"dan@thu.example"), b"", b"\x00\x01\xff" * 50) == ["ignored"] * 3


def test_the_same_mail_again_is_a_duplicate_and_another_under_the_same_name_is_not() -> None:
    found = run(mail(), b"Received: from a\r\n" + mail(), mail("nội dung khác hẳn", From="khac@thu.example"))
    assert [one.outcome for one in found] == ["report", "duplicate", "report"]
    assert found[1].code == found[0].code
    monday, soon, later = (f"{day} Nov 2026 08:00:00 +0700" for day in ("16", "16", "18"))
    alarm = [mail("CPU cao", f"n{n}@m.example", Date=when) for n, when in enumerate((monday, soon, later))]
    assert outcomes(*alarm) == ["report", "duplicate", "report"]


def test_state_secrets_are_refused_wherever_they_stand() -> None:
    secret = "ỦY BAN NHÂN DÂN TỈNH\n\nMẬT\n\nSố: 12/BC-UBND\n\nBáo cáo"
    with_file = EmailMessage()
    with_file["From"], with_file["To"], with_file["Subject"] = "dan@thu.example", DESK, "Gửi tài liệu"
    with_file.set_content("Xem tệp")
    with_file.add_attachment(secret.encode(), maintype="text", subtype="plain", filename="bc.txt")
    html = EmailMessage()
    html["From"], html["To"], html["Subject"] = "dan@thu.example", DESK, "Gửi"
    html.set_content("<p>ỦY BAN NHÂN DÂN TỈNH</p><p><b>TUYỆT MẬT</b></p><p>Số: 1/BC</p>", subtype="html")
    assert outcomes(mail(secret), with_file.as_bytes(), html.as_bytes()) == ["refused_secret"] * 3
    assert outcomes(mail("Tôi bị lộ mật khẩu, tài liệu mật thiết")) == ["report"]


def test_a_bounce_names_the_report_whose_letter_came_back() -> None:
    (first,) = run(mail())
    ours = post.message_id(acknowledgement_key(first.code)).encode()
    by_code = BOUNCE.replace(b"[7K4M-92QX] x", f"[{first.code}] da nhan".encode())
    by_name = BOUNCE.replace(b"Subject: [7K4M-92QX] x", b"Message-ID: " + ours)
    assert [(one.outcome, one.code) for one in run(mail(), by_code, by_name, BOUNCE)[1:]] == [("bounce", first.code)] * 2 + [("bounce", "")]


def test_who_writes_to_oneself_with_the_desk_in_blind_copy_is_no_loop() -> None:
    self_ = {"From": "dan@thu.example", "To": "dan@thu.example"}
    assert outcomes(mail("việc", "s1@t.example", **self_, Delivered_To=DESK)) == ["report"]
    assert outcomes(mail("việc", "s2@t.example", **self_)) == ["ignored"]
    twice = b"Delivered-To: sucomang@tinh.example\n" * 2 + mail("việc", "s3@t.example")
    assert outcomes(twice) == ["report"]


# -- reading --


def test_old_letters_and_broken_words_are_read() -> None:
    text = "Máy chủ xã Hoằng Phú bị chiếm"
    raw = b"From: =?windows-1258?B?" + b"RO2u" + b"?= <dan@thu.example>\nTo: x@y.example\nSubject: =?utf-8?Q?M=C3=A1y_ch=E1=BB=A7?=\n"
    raw += b"Content-Type: text/plain; charset=khong-co\n\n" + text.encode()
    found = read(raw, OWN)
    assert (found.subject, found.text, found.sender) == ("Máy chủ", text, "dan@thu.example")
    old = b"Content-Type: text/plain; charset=windows-1258\n\n" + "Đường".encode("cp1258", "ignore")
    assert read(b"From: a@b.vn\n" + old, OWN).text.startswith("Đ")


def test_scripts_are_no_words_and_names_of_files_hold_no_path() -> None:
    made = EmailMessage()
    made["From"], made["To"] = "dan@thu.example", DESK
    made.set_content("<style>p{}</style><script>alert(1)</script><p>Chào</p><p>bạn</p>", subtype="html")
    made.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="../../etc/passwd")
    found = read(made.as_bytes(), OWN)
    assert found.text == "Chào\nbạn"
    assert [file.name for file in found.files] == ["passwd"]


def broken(source: random.Random, whole: bytes) -> bytes:
    """A mail spoilt somewhere: bytes turned, cut, doubled, headers shuffled, boundaries broken, parts nested."""
    raw = bytearray(whole)
    for _ in range(source.randint(1, 12)):
        place = source.randrange(len(raw) or 1)
        kind = source.randrange(7)
        if kind == 0:
            raw[place : place + 1] = bytes([source.randrange(256)])
        elif kind == 1:
            del raw[place : place + source.randint(1, 60)]
        elif kind == 2:
            raw[place:place] = raw[place : place + source.randint(1, 200)]
        elif kind == 3:
            raw[place:place] = source.choice(
                [b"\r\n\r\n", b"\n--b\n", b"\0", b"\xff\xfe", b"=?utf-8?B?", b"=?x?q?=ZZ?=", b'"', b"<", b"\x1b$B"]
            )
        elif kind == 4:
            raw[0:0] = source.choice(
                [b"Content-Type: multipart/mixed; boundary=\n", b"Content-Transfer-Encoding: base64\n", b"Subject: =?utf-7?Q?+AGE?=\n"]
            )
        elif kind == 5:
            raw = bytearray(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + bytes(raw) + b"\n--b\n")
        else:
            raw[0:0] = b"Message-ID: " + bytes(source.randrange(256) for _ in range(30)) + b"\n"
    return bytes(raw)


def test_a_thousand_broken_mails_are_all_judged() -> None:
    source, memory = random.Random(13), Memory()
    wholes = [mail(), BOUNCE, mail("x" * 3000, "z@t.example", References="<a1@thu.example>" * 30), mail("", Subject="")]
    seen: set[str] = set()
    for _ in range(1200):
        letter = read(broken(source, source.choice(wholes)), OWN)
        decision = decide(letter, memory, b"k")
        memory.take(letter, decision)
        assert isinstance(letter, Read)
        assert "\0" not in letter.text + letter.subject
        seen.add(decision.outcome)
    assert seen >= {"report", "reply", "bounce", "ignored"}


# -- taken in --


def test_a_mail_becomes_a_report_with_an_acknowledgement(province: None) -> None:
    _letter, decision = actions.take_in(at=NOW, raw=mail())
    held = Report.objects.get()
    assert (held.code, held.channel) == (decision.code, "mail")
    sent = Letter.objects.get(to="dan@thu.example")
    assert held.code in sent.subject
    words = " ".join(receipts.words_for(actions.receiving.secret(), held.token or ""))
    assert words in sent.text
    assert receipts.opens(held.words, words)
    _letter, again = actions.take_in(at=NOW, raw=mail("thêm", "a2@thu.example", In_Reply_To=sent.message_id, Subject="Re: x"))
    assert (again.outcome, again.code) == ("reply", held.code)
    assert Message.objects.get().by_reporter
    assert Letter.objects.filter(to="dan@thu.example").count() == 1


def test_machines_get_no_answer_and_secrets_leave_no_trace(province: None) -> None:
    actions.take_in(at=NOW, raw=mail("cảnh báo", Auto_Submitted="auto-generated"))
    assert Report.objects.count() == 1
    assert not Letter.objects.exists()
    before = Entry.objects.count()
    for raw in (BOUNCE, mail("đi vắng", "v@t.example", Auto_Submitted="auto-replied"), mail("UBND\n\nTỐI MẬT\n\nSố: 1/BC", "s@t.example")):
        actions.take_in(at=NOW, raw=raw)
    assert Entry.objects.count() == before
    assert sorted(Mail.objects.values_list("outcome", flat=True)) == ["bounce", "ignored", "refused_secret", "report"]


def luytre(*args: str, data: Path) -> list[dict[str, str]]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("LUYTRE_") and name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "luytre.cli", "intake", *args, "--data", str(data)], capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_trial_run_says_all_in_order_and_writes_nothing(tmp_path: Path) -> None:
    mails = [mail(), mail("thêm", "a2@thu.example", In_Reply_To="<a1@thu.example>"), BOUNCE, mail()]
    places = [tmp_path / f"{number}.eml" for number in range(len(mails))]
    for place, raw in zip(places, mails, strict=True):
        place.write_bytes(raw)
    data = tmp_path / "data"
    told = luytre(*map(str, places), "--dry-run", data=data)
    assert [line["file"] for line in told] == list(map(str, places))
    assert [line["outcome"] for line in told] == ["report", "reply", "bounce", "duplicate"]
    assert told[0]["code"] == told[1]["code"] == told[3]["code"]
    assert set(told[0]) == {"file", "outcome", "code", "subject", "reason"}
    assert not data.exists()
    assert luytre(*map(str, places), "--dry-run", data=data) == told
