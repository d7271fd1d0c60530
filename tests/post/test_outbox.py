"""The outbox against real SMTP servers in processes of their own: good, refusing, greylisting, hanging up, gone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from post_office import NOON, Server

from luytre.post import actions, queries, worker
from luytre.post.models import Letter

pytestmark = pytest.mark.django_db
Start = Callable[[str], Server]


def write(number: int = 1, **more: Any) -> Letter:
    to = more.pop("to", f"can-bo-{number}@don-vi.example")
    said = {"subject": f"Việc số {number}", "text": "Kính gửi ông/bà,\nĐề nghị xem.", **more}
    return actions.send(key=f"thu:{number}", channel="mail", to=to, at=NOON, **said)


def test_a_letter_arrives_whole(smtp: Start) -> None:
    server = smtp("good")
    write(html="<p>Kính gửi ông/bà</p>")
    assert worker.run(NOON) == {"sent": 1}
    (taken,) = server.taken()
    assert taken["Subject"] == "Việc số 1"
    assert taken["To"] == "can-bo-1@don-vi.example"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Message-ID"] == actions.message_id("thu:1")
    text, html = taken.get_body(("plain",)), taken.get_body(("html",))
    assert text is not None and "Kính gửi ông/bà" in text.get_content()
    assert html is not None and "<p>Kính gửi ông/bà</p>" in html.get_content()
    assert worker.run(NOON) == {}


def test_the_same_key_is_one_letter(smtp: Start) -> None:
    server = smtp("good")
    first, second = write(), write(subject="Khác")
    assert first.pk == second.pk
    worker.run(NOON)
    write()
    worker.run(NOON)
    assert [one["Subject"] for one in server.taken()] == ["Việc số 1"]


@pytest.mark.django_db(transaction=True)
def test_a_letter_exists_only_if_its_cause_does() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert not Letter.objects.exists()


def test_greylisting_is_waited_out(smtp: Start) -> None:
    server = smtp("grey")
    write()
    assert worker.run(NOON) == {"later": 1}
    assert worker.run(NOON) == {}, "not before its time"
    assert worker.run(NOON + timedelta(minutes=5)) == {"sent": 1}
    assert len(server.taken()) == 1
    assert [one.outcome for one in Letter.objects.get().attempts.order_by("id")] == ["later", "sent"]


def test_a_refusal_for_good_is_not_tried_again(smtp: Start) -> None:
    smtp("refuse-550")
    write()
    assert worker.run(NOON) == {"never": 1}
    letter = Letter.objects.get()
    assert letter.refused_at == NOON
    (tried,) = letter.attempts.all()
    assert (tried.code, tried.says) == ("550", "5.1.1 no such user")
    assert worker.run(NOON + timedelta(days=30)) == {}
    assert queries.dead([letter.to]) == {letter.to}


def test_one_dead_address_does_not_keep_the_others_waiting(smtp: Start) -> None:
    server = smtp("dead-ends")
    for number in range(1, 6):
        write(number, to=f"khong-co-{number}@don-vi.example" if number == 2 else f"co-{number}@don-vi.example")
    assert worker.run(NOON) == {"sent": 4, "never": 1}
    assert len(server.taken()) == 4


def test_a_server_that_is_down_is_tried_with_growing_waits_then_given_up(smtp: Start) -> None:
    smtp("good").process.communicate("")
    write()
    moment, tries = NOON, 0
    while Letter.objects.filter(refused_at=None).exists():
        tries += sum(worker.run(moment).values())
        moment += timedelta(minutes=1)
        assert moment < NOON + timedelta(days=7)
    assert 5 < (moment - NOON).total_seconds() / 86400 < 5.3
    assert 25 < tries < 40  # none in quiet hours


def test_a_temporary_refusal_is_retried(smtp: Start) -> None:
    smtp("refuse-452")
    write()
    assert worker.run(NOON) == {"later": 1}
    server = smtp("good")
    assert worker.run(NOON + timedelta(minutes=1)) == {"sent": 1}
    assert len(server.taken()) == 1


def test_an_answer_that_never_came_is_asked_for_under_the_same_message_id(smtp: Start) -> None:
    """What SMTP cannot promise: the server took the letter but its answer was lost. The second copy says that it is the same."""
    dropping = smtp("drop")
    write()
    assert worker.run(NOON) == {"later": 1}
    good = smtp("good")
    assert worker.run(NOON + timedelta(minutes=5)) == {"sent": 1}
    assert [one["Message-ID"] for one in dropping.taken()] == [one["Message-ID"] for one in good.taken()]


@pytest.mark.parametrize("address", ["khong phai dia chi", "a@b\r\nBcc: x@y.example", "@", "ten@"])
def test_what_is_no_address_is_refused_by_name(smtp: Start, address: str) -> None:
    server = smtp("good")
    write(to=address)
    assert worker.run(NOON) == {"never": 1}
    assert server.taken() == []
    assert Letter.objects.get().attempts.get().code == "553"


def test_a_cancelled_letter_stays_at_home(smtp: Start) -> None:
    server = smtp("good")
    write()
    assert actions.cancel(keys=["thu:1", "thu:2"], at=NOON) == 1
    assert worker.run(NOON) == {}
    assert server.taken() == []


def test_without_a_server_letters_wait(settings: Any) -> None:
    settings.LUYTRE_SMTP = settings.LUYTRE_MAIL_FOLDER = ""
    write()
    assert worker.run(NOON) == {}
    assert queries.oldest_waiting(NOON + timedelta(hours=1)) == 3600


@pytest.mark.parametrize(("days", "sunday"), [("working", ["Sự cố"]), ("all", ["2 việc cần xem, 22/11/2026", "Sự cố"])])
def test_on_days_off_only_urgent_letters_go_and_the_rest_goes_together_after(
    days: str, sunday: list[str], smtp: Start, settings: Any
) -> None:
    settings.LUYTRE_DIGEST_DAYS = days
    server, off = smtp("good"), datetime(2026, 11, 22, 3, tzinfo=UTC)
    write(1, to="ai@so.example", person="person:ai")
    write(2, to="ai@so.example", person="person:ai")
    write(3, to="ai@so.example", person="person:ai", subject="Sự cố", urgent=True)
    worker.run(off)
    assert sorted(one["Subject"] for one in server.taken()) == sunday
    worker.run(off + timedelta(days=1))
    assert len(server.taken()) == 2
