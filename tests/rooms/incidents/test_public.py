"""Anyone reports, keeps a receipt, follows, adds; machines and floods are asked a question, nobody is refused."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luytre.journal import clock
from luytre.journal.models import Aside, Attachment, Entry
from luytre.post.models import Letter
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.actions.receiving import Telling
from luytre.rooms.incidents.models import Guess, Report
from luytre.rooms.incidents.rules import forms as rules
from luytre.rooms.incidents.rules import receipts

from .conftest import NOW

Signed = Callable[[str], Client]
PAGE, FOLLOW = "/bao-cao-su-co/", "/theo-doi/"
TOLD = {"kind": "site", "text": "Trang xahoangphu[.]example hiện quảng cáo cờ bạc", "happened": "now"}


def token(client: Client) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(PAGE).content.decode())
    assert found
    return found[1]


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form may be sent as soon as it is opened."""
    monkeypatch.setattr(rules, "QUICKEST", timedelta(0))


def send(client: Client, **said: object) -> str:
    """Send the form; the address it leads to."""
    answer = client.post(PAGE, {**TOLD, "token": token(client), **said})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def receipt(client: Client) -> tuple[str, str]:
    """Code and words as the receipt shows them."""
    text = client.get("/bao-cao-su-co/bien-nhan/").content.decode()
    code = re.search(r'class="code">([^<]+)<', text)
    assert code
    return code[1], " ".join(re.findall(r"<li>([^<]+)</li>", text.split('class="words"')[1].split("</ol>")[0]))


def test_a_report_without_account_gives_a_receipt(province: None, unhurried: None) -> None:
    client = Client()
    assert send(client) == "/bao-cao-su-co/bien-nhan/"
    code, words = receipt(client)
    held = Report.objects.get()
    assert held.code == code
    assert len(words.split()) == 4
    assert receipts.opens(held.words, words)
    assert words not in str(list(Aside.objects.values_list("text", flat=True)))


def test_two_fields_are_enough_and_eight_are_all(province: None) -> None:
    text = Client().get(PAGE).content.decode()
    asked = set(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', text)) - {"token", "work", "tu", "website"}
    assert asked == {"kind", "text", "where", "happened", "damage", "attached", "contact"}
    assert len(asked) + len({"answer"}) <= 8


def test_what_was_told_lies_in_the_erasable_aside_alone(province: None, unhurried: None) -> None:
    send(Client(), contact="0900 000 000")
    entry = Entry.objects.get(verb="incident_report.received")
    assert entry.aside.text == {"text": TOLD["text"], "contact": "0900 000 000"}
    assert set(entry.detail) == {"report", "channel", "kind"}
    assert "0900" not in str(Report.objects.values().get())


def test_faults_keep_what_was_typed(province: None, unhurried: None) -> None:
    client = Client()
    answer = client.post(PAGE, {"token": token(client), "where": "0900 000 000", "contact": "không phải số"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="0900 000 000"' in text
    assert "Hãy chọn một việc" in text
    assert "Chưa nhận ra số điện thoại hay thư" in text
    assert not Report.objects.exists()


def test_the_same_form_twice_is_one_report_with_one_receipt(province: None, unhurried: None) -> None:
    client, other = Client(), Client()
    held = token(client)
    first = client.post(PAGE, {**TOLD, "token": held})
    again = other.post(PAGE, {**TOLD, "token": held})
    assert first.status_code == again.status_code == 302
    assert Report.objects.count() == 1
    assert receipt(client) == receipt(other)


def test_who_is_too_quick_is_asked_and_loses_nothing(province: None) -> None:
    client = Client()
    held = token(client)
    answer = client.post(PAGE, {**TOLD, "token": held})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="answer"' in text
    assert TOLD["text"] in text
    name = rules.question_of(re.sub(r":[^:]+:[^:]+$", "", held))
    right = rules.QUESTIONS[name][1][0]
    assert client.post(PAGE, {**TOLD, "token": held, "answer": "sai bét"}).status_code == 422
    assert client.post(PAGE, {**TOLD, "token": held, "answer": right}).status_code == 302


def test_work_done_by_the_browser_spares_the_question(province: None) -> None:
    client = Client()
    held = token(client)
    work = next(str(number) for number in range(10**7) if rules.has_worked(held, str(number)))
    assert client.post(PAGE, {**TOLD, "token": held, "work": work}).status_code == 302
    assert not rules.has_worked(held + "x", work)


def test_the_trap_asks_even_who_worked(province: None, unhurried: None) -> None:
    client = Client()
    answer = client.post(PAGE, {**TOLD, "token": token(client), "website": "http://spam.example"})
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_a_flood_is_asked_and_so_is_one_telephone_too_often(province: None, unhurried: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(rules.SAME_CONTACT + 1):
        send(Client(), contact="0900 000 000")
    client = Client()
    assert client.post(PAGE, {**TOLD, "token": token(client), "contact": "+84 900 000 000"}).status_code == 422
    assert client.post(PAGE, {**TOLD, "token": token(client), "contact": "0911 111 111"}).status_code == 302
    monkeypatch.setattr(rules, "CALM", 3)
    assert client.post(PAGE, {**TOLD, "token": token(client)}).status_code == 422


def test_state_secrets_are_refused_and_nothing_is_written(province: None, unhurried: None) -> None:
    client = Client()
    secret = "ỦY BAN NHÂN DÂN TỈNH\n\nTỐI MẬT\n\nSố: 12/BC-UBND"
    answer = client.post(PAGE, {**TOLD, "text": secret, "token": token(client)})
    assert answer.status_code == 422
    file = SimpleUploadedFile("bao-cao.txt", secret.encode())
    assert client.post(PAGE, {**TOLD, "token": token(client), "attached": file}).status_code == 422
    assert not Report.objects.exists()
    assert not Attachment.objects.exists()


def test_files_are_kept_by_their_digest_and_come_back_to_the_reporter_alone(province: None, unhurried: None) -> None:
    client = Client()
    send(client, attached=[SimpleUploadedFile("anh.png", b"\x89PNG mot", "image/png"), SimpleUploadedFile("hai.txt", b"hai")])
    code, _words = receipt(client)
    file = Attachment.objects.get(name="anh.png")
    address = f"{FOLLOW}{code}/tep/{file.pk}/"
    assert b"".join(client.get(address).streaming_content) == b"\x89PNG mot"  # type: ignore[attr-defined]
    assert Client().get(address).status_code == 404


def test_code_and_words_open_the_report_however_typed(province: None, unhurried: None) -> None:
    client = Client()
    send(client)
    code, words = receipt(client)
    other = Client()
    typed = {"code": code.lower().replace("-", " "), "words": receipts.plain_words(words).upper()}
    answer = other.post(FOLLOW, typed)
    assert answer["Location"] == f"{FOLLOW}{code}/"
    assert TOLD["text"] in other.get(f"{FOLLOW}{code}/").content.decode()
    assert Client().get(f"{FOLLOW}{code}/").status_code == 302


def test_five_wrong_words_shut_the_report_for_an_hour(province: None, unhurried: None) -> None:
    client = Client()
    send(client)
    code, words = receipt(client)
    other = Client()
    told = [other.post(FOLLOW, {"code": code, "words": "một hai ba bốn"}) for _ in range(6)]
    assert all(answer.status_code == 422 for answer in told)
    assert "còn 4 lần thử" in told[0].content.decode()
    assert "Thử lại sau một giờ" in told[-1].content.decode()
    assert other.post(FOLLOW, {"code": code, "words": words}).status_code == 422
    Guess.objects.update(at=clock.now() - timedelta(hours=2))
    assert other.post(FOLLOW, {"code": code, "words": words}).status_code == 302


def test_an_unknown_code_and_wrong_words_say_the_same(province: None, unhurried: None) -> None:
    client = Client()
    send(client)
    code, _words = receipt(client)
    said = [Client().post(FOLLOW, {"code": one, "words": "sai"}).content.decode().replace(one, "") for one in (code, "ZZZZ-ZZZZ")]
    assert said[0] == said[1]


def test_the_qr_code_leads_to_the_report_without_code_or_words_in_the_address(province: None, unhurried: None) -> None:
    client = Client()
    send(client)
    code, words = receipt(client)
    answer = Client().get(f"{FOLLOW}{code}/{'-'.join(receipts.plain_words(words).split())}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{FOLLOW}{code}/"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_reporter_adds_reads_answers_and_deletes_the_contact(province: None, unhurried: None, signed: Signed) -> None:
    client = Client()
    send(client, contact="dan@thu.example")
    code, _words = receipt(client)
    client.post(f"{FOLLOW}{code}/", {"text": "Tôi gửi thêm ảnh"})
    desk = signed("truc")
    assert "Tôi gửi thêm ảnh" in desk.get(f"/desk/incidents/reports/{code}/").content.decode()
    desk.post(f"/desk/incidents/reports/{code}/answer/", {"tra-loi-text": "Bạn chụp giúp địa chỉ trang"})
    assert "Bạn chụp giúp địa chỉ trang" in client.get(f"{FOLLOW}{code}/").content.decode()
    letter = Letter.objects.get(to="dan@thu.example")
    assert code in letter.subject
    client.post(f"{FOLLOW}{code}/", {"do": "forget"})
    assert "dan@thu.example" not in str(list(Aside.objects.values_list("text", flat=True)))
    assert TOLD["text"] in client.get(f"{FOLLOW}{code}/").content.decode()
    assert "dan@thu.example" not in desk.get(f"/desk/incidents/reports/{code}/").content.decode()


def test_fraud_is_routed_at_once(province: None, unhurried: None, settings: object) -> None:
    settings.LUYTRE_HOTLINE = "0237 000 0113"  # type: ignore[attr-defined]
    client = Client()
    send(client, kind="fraud", damage="yes")
    text = client.get("/bao-cao-su-co/bien-nhan/").content.decode()
    assert 'href="tel:113"' in text
    assert "khóa tài khoản" in text
    assert 'href="tel:02370000113"' in Client().get(PAGE).content.decode()


def test_english_is_whole(province: None, unhurried: None) -> None:
    client = Client()
    text = client.get(f"{PAGE}?hl=en").content.decode()
    assert '<html lang="en">' in text
    assert "What is happening?" in text
    assert not re.search(r"Chuyện gì|Kể lại|Gửi báo cáo", text)


def test_names_that_turn_round_or_imitate_are_taken_in_plain(province: None, unhurried: None) -> None:
    """Marks of direction vanish; letters of another alphabet stay what they are and are found as such."""
    send(Client(), text="Tệp \u202egnp.exe từ раураl.com", where="\u2066abc\u2069")
    said = Aside.objects.get().text
    assert "\u202e" not in said["text"]
    assert said["where"] == "abc"


def test_no_page_keeps_anything_before_a_report(province: None) -> None:
    answer = Client().get(PAGE)
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    assert len(answer.content) < 20_000


def test_a_clock_that_jumps_back_loses_no_report(province: None) -> None:
    told = [
        actions.receive(
            by="citizen",
            at=NOW - timedelta(days=day),
            telling=Telling(channel="web", text=f"việc {day}", token=f"t{day}"),
        )
        for day in (0, 3, 1)
    ]
    assert len({one.report.code for one in told}) == 3
    assert Report.objects.count() == 3
