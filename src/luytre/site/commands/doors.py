"""luytre doors: which doors stand open to an address; the way back in when lists, locks or lost second steps shut people out."""

import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from luytre.core.refusal import Refusal
from luytre.site.commands import data_option, parser, start

if TYPE_CHECKING:
    from luytre.register.models import Account


def main(argv: list[str]) -> int:
    args = _parser().parse_args(argv)
    start(args.data)
    try:
        return int(WORK[args.what](args.name, args.minutes))
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.says}\n")
        return 2


def _parser() -> ArgumentParser:
    made = parser("doors", "Các cửa vào: xem, thử một địa chỉ, tạm mở, mở khóa tài khoản / the doors: show, try, open, unlock")
    made.add_argument("what", choices=list(WORK))
    made.add_argument("name", nargs="?", default="", help="địa chỉ, dải mạng hoặc tên đăng nhập / address, network or user name")
    made.add_argument("--minutes", type=int, default=60, help="tạm mở bao nhiêu phút / how long open stays open (60)")
    data_option(made)
    return made


def _show(name: str, minutes: int) -> int:
    from django.conf import settings

    from luytre.doors import networks

    listed = ", ".join(map(str, settings.LUYTRE_STAFF_NETWORKS)) or "CHƯA KHAI: mở cho mọi mạng / NONE LISTED: open to every network"
    _say(f"cửa mở / doors   : {', '.join(sorted(settings.LUYTRE_DOORS))}")
    _say(f"mạng công vụ     : {listed}")
    _say(f"proxy            : {', '.join(map(str, settings.LUYTRE_PROXIES)) or '–'}")
    _say(f"bước hai / MFA   : {settings.LUYTRE_MFA}")
    for network in networks.openings():
        _say(f"đang tạm mở      : {network}")
    return 0


def _try(name: str, minutes: int) -> int:
    from django.conf import settings

    from luytre.doors import networks, rules

    address = rules.parsed(name)
    if address is None:
        raise Refusal(f"“{name}” không phải địa chỉ IP / is no IP address")
    staff = (*settings.LUYTRE_STAFF_NETWORKS, *networks.openings()) if networks.are_guarded() else ()
    doors = sorted(rules.open_doors(address, settings.LUYTRE_DOORS, staff))
    _say(f"{address}: {', '.join(doors) or 'không cửa nào / none: 404'}")
    return 0 if doors else 1


def _open(name: str, minutes: int) -> int:
    from luytre.doors import actions
    from luytre.journal import clock

    actions.open_door(by="console", at=clock.now(), about=[_province()], network=name, minutes=minutes)
    _say(f"Đã tạm mở cửa công vụ cho {name} trong {minutes} phút / open for {name}, {minutes} minutes")
    return 0


def _close(name: str, minutes: int) -> int:
    from luytre.doors import actions
    from luytre.journal import clock

    actions.close_door(by="console", at=clock.now(), about=[_province()], network=name)
    return 0


def _unlock(name: str, minutes: int) -> int:
    """Forget wrong passwords; lift a suspension."""
    from luytre.doors import actions
    from luytre.journal import clock

    account = _account(name)
    actions.unlock(by="console", at=clock.now(), about=[account.ref], account=account)
    if not account.is_active:
        actions.restore(by="console", at=clock.now(), about=[account.ref], account=account)
    _say(f"{account.username}: đã mở / unlocked")
    return 0


def _forget(name: str, minutes: int) -> int:
    from luytre.doors import actions
    from luytre.journal import clock

    gone = actions.forget_factor(at=clock.now(), account=_account(name))
    _say(f"{name}: đã gỡ {gone} bước hai; lần đăng nhập tới đặt lại / second steps removed, to be set up at the next sign-in")
    return 0


def _account(name: str) -> "Account":
    from luytre.register.models import Account

    found = Account.objects.filter(username__iexact=name).first()
    if found is None:
        raise Refusal(f"Không có tài khoản “{name}”. / No such account.")
    return found


def _province() -> str:
    """What an opened door is about: the province's own body, else the first one registered."""
    from luytre.register.models import Organisation, OrganisationType

    top = Organisation.objects.filter(organisationkinds__value=OrganisationType.PROVINCE).first() or Organisation.objects.first()
    if top is None:
        raise Refusal("Sổ đăng ký chưa có đơn vị nào. / The register holds no body yet.")
    return top.ref


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


WORK = {"show": _show, "try": _try, "open": _open, "close": _close, "unlock": _unlock, "forget-second": _forget}
