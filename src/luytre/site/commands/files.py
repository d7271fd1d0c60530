"""luytre files seal: attachments and free text that lie open, or under an older key, are sealed under the key in use."""

import sys

from luytre.site.commands import data_option, parser, start


def main(argv: list[str]) -> int:
    made = parser("files", "Niêm phong tệp và ghi chú bằng khóa đang dùng / seal files and notes under the key in use")
    made.add_argument("what", choices=["seal"])
    data_option(made)
    start(made.parse_args(argv).data)
    from luytre.journal import resealing

    files, texts = resealing.files(), resealing.texts()
    sys.stdout.write(f"{files} tệp / files · {texts} ghi chú / notes\n")
    return 0
