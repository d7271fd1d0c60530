"""luytre migrate: make or bring up to date the database of a data folder."""

from luytre.site.commands import data_option, parser, start


def main(argv: list[str]) -> int:
    made = parser("migrate", "Tạo hoặc cập nhật cơ sở dữ liệu / make or update the database")
    data_option(made)
    start(made.parse_args(argv).data, fresh=True)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    from luytre.journal import heads, vault

    vault.ready()
    heads.private_key()  # made on the first start, so that nobody wonders later where it came from
    return 0
