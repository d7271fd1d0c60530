"""The round of a day: one digest a person, each step once, gaps told one rung up, what is closed falls silent."""

from collections import Counter
from datetime import timedelta

import pytest

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.models import Entry
from luytre.post.models import Letter
from luytre.rooms.reminders import actions
from luytre.rooms.reminders.models import Followed, Notice, Told

from .conftest import TODAY, at, matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("little")]


def told() -> Counter[tuple[str, str]]:
    return Counter((one.rung, one.person or one.gap) for one in Told.objects.all())


def test_contact_and_head_get_one_letter_each_with_all_their_lines() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter(duty="D01"), matter(duty="D02"), matter(duty="D03", days_late=-10)])
    assert {notice.person for notice in Notice.objects.all()} == {"person:giam-doc", "person:can-bo"}
    letters = {letter.to: letter for letter in Letter.objects.all()}
    assert set(letters) == {"giam-doc@so-y-te.example", "can-bo@so-y-te.example"}
    head = letters["giam-doc@so-y-te.example"]
    assert head.subject == "2 việc quá hạn – nhắc việc ngày 22/11/2026"
    assert "Kính gửi bà Người giam-doc" in head.text
    assert "/desk/why/D01/org:so-y-te/" in head.text
    contact = letters["can-bo@so-y-te.example"]
    assert contact.subject == "2 việc quá hạn, 1 việc sắp đến hạn – nhắc việc ngày 22/11/2026"
    assert "/desk/duties/file/?duty=D03&about=org:so-y-te" in contact.text
    assert "còn 10 ngày" in contact.text


def test_twice_on_a_day_changes_nothing() -> None:
    for _ in range(2):
        actions.remind(at=at(TODAY), on=TODAY, matters=[matter()])
    assert (Notice.objects.count(), Letter.objects.count(), Told.objects.count()) == (2, 2, 2)
    assert Entry.objects.filter(verb="reminder.sent").count() == 2


def test_each_step_is_an_entry_that_mentions_what_was_told_of() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter(), matter("xa-b")])
    entries = {entry.detail["rung"]: entry for entry in Entry.objects.filter(verb="reminder.sent")}
    assert entries["contact"].detail == {"rung": "contact", "matters": 2, "people": 2}
    assert entries["head"].detail == {"rung": "head", "matters": 1, "people": 1, "gaps": 1}
    assert {mention.thing for mention in entries["contact"].mentions.all()} == {"org:so-y-te", "org:xa-b"}
    assert all(entry.by == "clock" for entry in entries.values())
    assert journal.verify(at(TODAY)).broken is None


def test_nobody_at_a_post_and_no_address_are_gaps_and_the_next_rung_hears() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter("xa-a"), matter("xa-b")])
    assert told() == {
        ("contact", "person:xa-a"): 1,
        ("head", "nobody"): 1,
        ("contact", "person:xa-b"): 1,
        ("head", "person:chu-tich-xa-b"): 1,
        ("coordinator", "person:dieu-phoi"): 2,
    }
    gaps = {one.matter.ref: one.gap for one in Told.objects.exclude(gap="").select_related("matter")}
    assert gaps == {"org:xa-a": "nobody", "org:xa-b": "no_address"}


def test_a_matter_nobody_answers_for_goes_to_the_coordinator() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter(ref="system:mo-coi", duty="D09", answerable=None)])
    assert told()["coordinator", "person:dieu-phoi"] == 1


def test_one_letter_a_day_and_person_and_the_rest_tomorrow() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter(duty="D01")])
    late = [matter(duty="D01"), matter(duty="D02")]
    actions.remind(at=at(TODAY, 15), on=TODAY, matters=late)
    assert Letter.objects.count() == 2
    actions.remind(at=at(TODAY + timedelta(days=1)), on=TODAY + timedelta(days=1), matters=late)
    assert Letter.objects.count() == 4
    assert "D01" not in Letter.objects.order_by("-id")[0].text


def test_what_is_closed_is_not_told_again_and_what_comes_back_is_not_told_anew() -> None:
    day = TODAY
    actions.remind(at=at(day), on=day, matters=[matter()])
    assert actions.remind(at=at(day), on=day + timedelta(days=1), matters=[]).closed == 1
    assert Followed.objects.get().closed_on == day + timedelta(days=1)
    actions.remind(at=at(day), on=day + timedelta(days=2), matters=[matter()])
    assert Followed.objects.get().closed_on is None
    assert Notice.objects.count() == 2


def test_a_moved_due_day_begins_the_ladder_anew() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter(days_late=20)])
    tomorrow = TODAY + timedelta(days=1)
    moved = matter(days_late=-20)
    actions.remind(at=at(tomorrow), on=tomorrow, matters=[moved])
    assert Followed.objects.get(due_on=moved.due_on).closed_on is None
    assert Followed.objects.exclude(due_on=moved.due_on).get().closed_on == tomorrow
    assert told()["contact", "person:can-bo"] == 2
    assert told()["coordinator", "person:dieu-phoi"] == 0


def test_a_clock_set_back_tells_nobody_twice() -> None:
    for days in (0, 1, -3, -2, -1, 0, 1):
        actions.remind(at=at(TODAY), on=TODAY + timedelta(days=days), matters=[matter()])
    assert Notice.objects.count() == 2


def test_the_weekly_repeat_stops_with_the_acknowledgement() -> None:
    for days in range(15):
        actions.remind(at=at(TODAY + timedelta(days=days)), on=TODAY + timedelta(days=days), matters=[matter()])
        if days == 7:
            head = Notice.objects.filter(person="person:giam-doc").order_by("-on")[0]
            actions.acknowledge(by="person:giam-doc", at=at(TODAY + timedelta(days=7), 9), notice=head)
    on = {one.person: [] for one in Notice.objects.all()}
    for one in Notice.objects.order_by("on"):
        on[one.person].append((one.on - TODAY).days)
    assert on["person:can-bo"] == [0, 7, 14]
    assert on["person:giam-doc"] == [0, 7]


def test_the_acknowledgement_is_an_entry_and_only_the_one_told_may_write_it() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter()])
    notice = Notice.objects.get(person="person:giam-doc")
    with pytest.raises(Refusal):
        actions.acknowledge(by="person:can-bo", at=at(TODAY), notice=notice)
    for _ in range(2):
        actions.acknowledge(by="person:giam-doc", at=at(TODAY), notice=notice)
    entry = Entry.objects.get(verb="reminder.acknowledged")
    assert (entry.by, entry.detail["notice"]) == ("person:giam-doc", notice.pk)


def test_a_delegation_sends_the_contacts_line_to_whom_it_was_given() -> None:
    journal.record(
        by="person:giam-doc",
        at=at(TODAY),
        verb="delegation.granted",
        about=["org:so-y-te"],
        on=TODAY,
        detail={"to": "org:xa-a", "number": "1/UQ"},
    )
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter()])
    assert told() == {("contact", "person:xa-a"): 1, ("head", "person:giam-doc"): 1}


def test_the_coordinator_reminds_again_at_once_with_a_word() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter(), matter("xa-b")])
    rows = list(Followed.objects.all())
    assert actions.ask(by="person:dieu-phoi", at=at(TODAY, 10), matters=rows, note="Đề nghị xong trong tuần.") == 3
    letters = Letter.objects.filter(text__contains="Đề nghị xong trong tuần.")
    assert {letter.to for letter in letters} == {"giam-doc@so-y-te.example", "can-bo@so-y-te.example", "xa-b@xa-b.example"}
    assert all(letter.person == "" for letter in letters), "not held back for tomorrow's digest"
    entry = Entry.objects.get(verb="reminder.asked")
    assert entry.by == "person:dieu-phoi"
    assert entry.detail == {"matters": 2, "people": 3}


def test_asking_about_what_is_closed_is_refused_in_words() -> None:
    actions.remind(at=at(TODAY), on=TODAY, matters=[matter()])
    Followed.objects.update(closed_on=TODAY)
    with pytest.raises(Refusal, match="còn mở"):
        actions.ask(by="person:dieu-phoi", at=at(TODAY), matters=list(Followed.objects.all()))
