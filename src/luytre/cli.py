"""The command `luytre`: a table of contents. Each sub-command loads only what it needs (judge, hunt and paper never load Django)."""

import sys
from importlib import import_module

# name -> (module:function taking argv and returning the exit code, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "judge": ("luytre.core.duty.command:main", "judge duties from files: law × register × facts × day"),
    "demo": ("luytre.site.demo:main", "seed and serve the sample province on this machine"),
    "migrate": ("luytre.site.commands.migrate:main", "make or bring up to date the database"),
    "doctor": ("luytre.site.commands.doctor:main", "look an installation over: exit 1 where it may not hold real data"),
    "dossier": ("luytre.site.commands.dossier:main", "the level-3 dossier of this very system, prefilled: Word or PDF"),
    "jobs": ("luytre.site.commands.jobs:main", "run what is due: reminders, letters; until stopped, or --once"),
    "journal": ("luytre.site.commands.journal:main", "verify the journal or a bundle of it; sign its head, export it"),
    "hunting": ("luytre.site.commands.hunting:main", "carry out one run of the hunting room (luytre jobs does it by itself)"),
    "kit": ("luytre.site.commands.kit:main", "make the field kit of a hunt for machines off the network; take back its signed bundle"),
    "intake": ("luytre.site.commands.intake:main", "take in reports of incidents by mail: files, a pipe, a mailbox"),
    "board": ("luytre.site.commands.board:main", "rebuild what the boards read, or check it against one judged anew"),
    "files": ("luytre.site.commands.files:main", "seal what lies open, or under an older key"),
    "search": ("luytre.site.commands.search:main", "rebuild what the search reads"),
    "register": ("luytre.site.commands.register:main", "import, export the register as a workbook; write the template"),
    "doors": ("luytre.site.commands.doors:main", "show the doors, try an address, open for a while, unlock, forget a second step"),
    "account": ("luytre.site.commands.account:main", "open an account, or set its password"),
    "rules": ("luytre.site.commands.rules:main", "update the hunting rules from a folder, a zip or git; show digest and age"),
    "hunt": ("luytre.core.hunt.command:main", "hunt through log files with Sigma rules, indicators and YARA"),
    "world": ("luytre.site.world.write:main", "write the demo's province as files of the judge"),
    "marking": ("luytre.core.marking.command:main", "find marks of state secrets on files and texts"),
    "paper": ("luytre.core.paper.command:main", "set an official paper from its data: PDF/A, Word, HTML"),
}


def main(argv: list[str] | None = None) -> int:
    args = sys.argv[1:] if argv is None else argv
    if not args or args[0] in ("-h", "--help", "help"):
        sys.stdout.write(usage())
        return 0 if args else 2
    name, *rest = args
    if name not in COMMANDS:
        sys.stderr.write(f"luytre: không có lệnh “{name}” / no such command\n{usage()}")
        return 2
    module, function = COMMANDS[name][0].split(":")
    code: int = getattr(import_module(module), function)(rest)
    return code


def usage() -> str:
    lines = [f"  {name:<10} {help_line}" for name, (_, help_line) in COMMANDS.items()]
    return "\n".join(["luytre COMMAND …", "", *lines, "", "luytre COMMAND --help", ""])


if __name__ == "__main__":
    raise SystemExit(main())
