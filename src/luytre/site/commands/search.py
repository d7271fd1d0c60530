"""luytre search rebuild: what the register and the journal are found by, written anew."""

import sys

from luytre.site.commands import data_option, parser, start


def main(argv: list[str]) -> int:
    made = parser("search", "Lập lại chỉ mục tìm kiếm / rebuild what the search reads")
    made.add_argument("what", choices=["rebuild"])
    data_option(made)
    start(made.parse_args(argv).data)
    from luytre.journal import findables
    from luytre.register import findables as register

    things, entries = register.refresh(), findables.rebuild_entries()  # entries name things of the register
    sys.stdout.write(f"{things} mục sổ đăng ký / of the register · {entries} ghi nhận / entries\n")
    return 0
