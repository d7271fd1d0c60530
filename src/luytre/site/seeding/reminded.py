"""Three weeks of reminders at a few bodies, through the room's own round: who was told by the law's ladder, who answered, what came back.

Three rounds stand for the daily ones (what a day without a round leaves undone the next one does). Told are the cast and one body in
thirty-six; all others are first told by the demo's own round of the day.
"""

from datetime import date, datetime, time, timedelta

from luytre.site.seeding.cast import BODIES
from luytre.site.world import LAST_DAY, World
from luytre.site.world.chance import Chance
from luytre.site.world.deeds import ZONE

BACK = (20, 13, 6)  # days before the last one: Mondays
EVERY = 36
ANSWERED, RETURNED = 0.45, 0.02  # chances that a person acknowledges, that a letter comes back


def load(world: World) -> None:
    """Each round on its morning, with what was known by then."""
    from luytre.overview import matters
    from luytre.rooms.duties import queries
    from luytre.rooms.reminders import actions

    refs = _refs(world)
    things = queries.things_near(refs)
    judge = queries.judge(things, queries.facts_about([thing.id for thing in things]))
    chance = Chance("reminders")
    days = [LAST_DAY - timedelta(days=back) for back in BACK]
    moments = {on: datetime.combine(on, time(7), ZONE) for on in days}
    # before anything is written, so that the projection need not follow the journal from round to round
    found = {on: matters.open_on(on, known=at, refs=refs, judge=judge) for on, at in moments.items()}
    for on, at in moments.items():
        actions.remind(at=at, on=on, matters=found[on])
        _delivered(at, chance)
        _answered(on, at)


def _refs(world: World) -> frozenset[str]:
    """The bodies told, and the systems they hold."""
    from luytre.register import access
    from luytre.register.models import Organisation

    codes = {ref.removeprefix("org:") for ref in BODIES} | {body.ref.removeprefix("org:") for body in world.land.bodies[::EVERY]}
    told = Organisation.objects.filter(code__in=codes)
    return frozenset(body.ref for body in told) | access.systems_of({body.pk for body in told}, LAST_DAY)


def _delivered(at: datetime, chance: Chance) -> None:
    """The letters of a round, taken by the next server a minute later; of a few the mailbox turned out to be gone."""
    from luytre.post.models import UNSETTLED, Letter, Try

    sent = at + timedelta(minutes=1)
    letters = list(Letter.objects.filter(UNSETTLED).order_by("id"))
    back = [letter for letter in letters if chance.yes(RETURNED)]
    for letter in letters:
        letter.sent_at, letter.tries = sent, 1
        letter.bounced_at = sent + timedelta(minutes=3) if letter in back else None
    Letter.objects.bulk_update(letters, ["sent_at", "tries", "bounced_at"])
    tries = [Try(letter=letter, at=sent, outcome=Try.Outcome.SENT, code="250", says="2.0.0 Ok: queued") for letter in letters]
    gone = "550 5.1.1 User unknown"
    tries += [Try(letter=letter, at=sent + timedelta(minutes=3), outcome=Try.Outcome.BOUNCED, code="5.1.1", says=gone) for letter in back]
    Try.objects.bulk_create(tries)


def _answered(on: date, at: datetime) -> None:
    """Some contacts and heads say within the day that it is being dealt with; the others never do, so that some matters stay silent."""
    from luytre import journal
    from luytre.rooms.reminders.models import Acknowledgement, Notice

    def row(notice: Notice, when: datetime) -> journal.Row:
        about = sorted({told.matter.ref for told in notice.tellings.all()})
        detail = {"notice": notice.pk, "sent_on": on}
        return journal.Row(verb="reminder.acknowledged", by=notice.person, at=when, about=about, on=on, detail=detail)

    told = Notice.objects.filter(on=on).exclude(tellings__rung__in=("coordinator", "chair"))
    notices = told.order_by("id").prefetch_related("tellings__matter")
    said = [(one, at + timedelta(minutes=Chance("minutes", one.pk).whole(20, 500))) for one in notices if _answers(one.person)]
    Acknowledgement.objects.bulk_create(Acknowledgement(notice=notice, at=when, by=notice.person) for notice, when in said)
    journal.record_many([row(notice, when) for notice, when in said])


def _answers(person: str) -> bool:
    """A habit of the person, so that it hangs neither on the day nor on how many others were told before."""
    return Chance("answers", person).yes(ANSWERED)
