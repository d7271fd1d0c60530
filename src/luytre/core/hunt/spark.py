"""Larger than one machine: the same matcher over a Spark data frame of JSON events (`mapInArrow`), so that the answers are the same.

    from luytre.core.hunt import load, spark
    rules = load.load(Path("sigma.zip"))
    lines = session.read.text("s3a://logs/*.json").withColumn("file", input_file_name())
    found = spark.hunt(lines, rules).cache()
    for row in found.where("kind = 'finding'").toLocalIterator(): print(row.body.decode())
    for row in spark.correlations(found, rules): ...

Needs the extra `spark` (pyspark with pyarrow); luytre must be installed where the executors run.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from luytre.core.hunt.fast import Quick
from luytre.core.hunt.finding import Finding, Mark, encode
from luytre.core.hunt.hunter import Hunter
from luytre.core.hunt.read_json import JsonReader
from luytre.core.hunt.ruleset import RuleSet

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame

SCHEMA = "kind string, rule_id string, level string, body binary"
Row = tuple[str, str | None, str | None, bytes]


def hunt(lines: "DataFrame", rules: RuleSet, *, text: str = "value", file: str = "file") -> "DataFrame":
    """Rows (kind, rule_id, level, body) for a frame whose column `text` holds an event in JSON; column `file`, if there, names its source.

    kind `finding`: body is the finding line as `luytre hunt` writes it, `source.line` null, since a cluster counts no lines.
    kind `mark`: a hit some correlation weighs, for `correlations`. kind `unread`: body says how many rows were no JSON, and of what file.
    """
    compiled = msgspec.msgpack.encode(rules)
    columns = [text, file] if file in lines.columns else [text]

    def part(batches: "Iterator[RecordBatch]") -> "Iterator[RecordBatch]":
        yield from _part(batches, compiled)

    return lines.select(*columns).mapInArrow(part, SCHEMA)


def _part(batches: "Iterable[RecordBatch]", compiled: bytes) -> "Iterator[RecordBatch]":
    import pyarrow

    quick = _quick(compiled)
    for batch in batches:
        texts = batch.column(0).cast(pyarrow.large_binary()).to_pylist()
        files = batch.column(1).to_pylist() if batch.num_columns > 1 else [""] * len(texts)
        rows = list(found_in(quick, texts, files))
        if rows:
            kinds, names, levels, bodies = zip(*rows, strict=True)
            columns = [pyarrow.array(column, pyarrow.string()) for column in (kinds, names, levels)]
            yield pyarrow.record_batch([*columns, pyarrow.array(bodies, pyarrow.binary())], ["kind", "rule_id", "level", "body"])


_made: dict[bytes, Quick] = {}


def _quick(compiled: bytes) -> Quick:
    """The matcher of these rules, made once in each Python process of an executor."""
    found = _made.get(compiled)
    if found is None:
        _made.clear()
        found = _made[compiled] = Quick(Hunter(msgspec.msgpack.decode(compiled, type=RuleSet)))
    return found


def found_in(quick: Quick, texts: list[bytes | None], files: list[str | None]) -> Iterator[Row]:
    """Rows for the events of one batch."""
    by_file: dict[str, list[bytes]] = {}
    for text, file in zip(texts, files, strict=True):
        if text and not text.isspace():
            by_file.setdefault(file or "", []).append(text.replace(b"\n", b" "))  # a line end between the parts of an event is a blank
    for file, lines in by_file.items():
        reader = JsonReader(quick, file)
        reader.block(1, b"\n".join(lines) + b"\n")
        yield from _rows(quick.hunter)
        if reader.broken:
            yield "unread", None, None, encode({"file": file, "rows": len(reader.broken)})


def _rows(hunter: Hunter) -> Iterator[Row]:
    findings, marks, _, _, spool = hunter.take()
    for batch in spool.batches() if spool else ():
        yield from _written(hunter.rules, batch.findings, batch.marks)
    yield from _written(hunter.rules, findings, marks)


def _written(rules: RuleSet, findings: list[Finding], marks: list[Mark]) -> Iterator[Row]:
    for finding in findings:
        rule = rules.rules[finding.rule]
        yield "finding", rule.id, rule.level, finding.encoded(None)
    for mark in marks:
        mark.line = None
        yield "mark", None, None, msgspec.msgpack.encode(mark)


def correlations(found: "DataFrame", rules: RuleSet) -> Iterator[dict[str, Any]]:
    """The correlation findings over what `hunt` found, worked out where this is called; marks are kept on disk, not in memory."""
    from luytre.core.hunt.correlate import Correlator

    correlator = Correlator(rules)
    for row in found.where("kind = 'mark'").select("body").toLocalIterator():
        correlator.add([msgspec.msgpack.decode(row.body, type=Mark)])
    yield from correlator.results()
