"""The verbs of the doors: the only writers of invitations, suspensions and openings."""

from datetime import datetime

from luytre import journal
from luytre.doors.models import Suspension
from luytre.register.access import CLOCK
from luytre.register.models import Account


def put_to_sleep(*, at: datetime, account: Account) -> None:
    """Suspend an account that has long gone unused."""
    if account.is_active:
        _suspend(by=CLOCK, at=at, about=[account.ref], account=account, why=Suspension.Why.UNUSED)


@journal.act("account.suspended")
def _suspend(*, by: str, at: datetime, about: list[str], account: Account, why: str) -> journal.Told:
    from luytre.journal import clock

    Suspension.objects.get_or_create(account=account, lifted_at=None, defaults={"why": why, "at": at})
    Account.objects.filter(pk=account.pk).update(is_active=False)
    account.is_active = False
    return journal.Told(about=about, on=clock.today(), detail={"why": str(why)})
