"""Writes the world as register.jsonl and facts.jsonl, the files of `luytre judge`; and the command `luytre world OUT_DIR`."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from luytre.core.duty.model import Dated, Fact, Thing
from luytre.site.world import World, grow


def jsonl(world: World, folder: Path) -> tuple[Path, Path]:
    """Both files in a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    register, facts = folder / "register.jsonl", folder / "facts.jsonl"
    _lines(register, (_register_line(thing) for thing in world.things()))
    _lines(facts, (_fact_line(fact) for fact in world.facts()))
    return register, facts


def _lines(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))


def _register_line(thing: Thing) -> dict[str, Any]:
    return {"id": thing.id, "kind": thing.kind, "attributes": {key: [_row(row) for row in rows] for key, rows in thing.attributes.items()}}


def _row(row: Dated) -> list[Any]:
    return [row.value, row.from_on, row.until_on] + ([row.known_at] if row.known_at else [])


def _fact_line(fact: Fact) -> dict[str, Any]:
    line: dict[str, Any] = {"id": fact.id, "verb": fact.verb, "about": fact.about, "on": fact.on, "known_at": fact.known_at}
    if fact.at:
        line["at"] = fact.at
    if fact.detail:
        line["detail"] = fact.detail
    if fact.retracts:
        line["retracts"] = fact.retracts
    return line


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="luytre world", description="Write the demo's province as register.jsonl and facts.jsonl.")
    parser.add_argument("out", type=Path, help="folder for the two files")
    world = grow()
    for path in jsonl(world, parser.parse_args(argv).out):
        print(path)  # noqa: T201  the command's answer
    return 0
