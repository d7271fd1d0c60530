"""luytre dossier OUT.docx|OUT.pdf|OUT.json: the level-3 dossier of this very system, prefilled from what the installation is."""

import sys
from pathlib import Path

from luytre.site.commands import data_option, parser, start

ENDINGS = (".docx", ".pdf", ".json")


def main(argv: list[str]) -> int:
    made = parser("dossier", "Hồ sơ đề xuất cấp độ 3 của chính hệ thống này, điền sẵn / the prefilled level-3 dossier of this very system")
    made.add_argument("out", metavar="OUT.docx|OUT.pdf|OUT.json")
    data_option(made)
    args = made.parse_args(argv)
    out = Path(args.out)
    if out.suffix not in ENDINGS:
        sys.stderr.write(f"{out}: chọn đuôi / choose one of {', '.join(ENDINGS)}\n")
        return 2
    start(args.data)
    from luytre.journal import clock
    from luytre.site.dossier import written

    try:
        out.write_bytes(written(clock.now(), out.suffix))
    except OSError as fault:
        sys.stderr.write(f"{out}: không ghi được / cannot be written: {fault.strerror}\n")
        return 2
    sys.stdout.write(f"{out}: bản nháp, hãy tìm “[điền” và bổ sung / a draft: look for “[điền” and fill in\n")
    return 0
