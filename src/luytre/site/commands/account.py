"""luytre account USERNAME --person CODE: open an account, or set its password again; asks for the password unless it is piped in."""

import sys
from getpass import getpass

from luytre.core.refusal import Refusal
from luytre.site.commands import data_option, parser, start


def main(argv: list[str]) -> int:
    made = parser("account", "Mở tài khoản hoặc đặt lại mật khẩu / open an account or set its password")
    made.add_argument("username")
    made.add_argument("--person", metavar="CODE", help="mã cán bộ trong sổ đăng ký / code of the person in the register")
    data_option(made)
    args = made.parse_args(argv)
    start(args.data)
    password = getpass("Mật khẩu / password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    from luytre.register import actions

    try:
        actions.set_account(username=args.username, password=password, person_code=args.person)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.says}\n")
        return 2
    return 0
