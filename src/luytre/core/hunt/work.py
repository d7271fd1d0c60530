"""One worker: takes a piece, reads it by its format, hands back what was found. The same code runs in one process or in many."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from luytre.core.hunt.coverage import Coverage, Day
from luytre.core.hunt.fast import Quick
from luytre.core.hunt.finding import MARK, Finding, Mark, Spool, Tally
from luytre.core.hunt.hunter import Hunter
from luytre.core.hunt.indicators import Indicators
from luytre.core.hunt.inputs import Input, Piece
from luytre.core.hunt.lines import BLOCK, LONGEST, as_utf8, whole_lines
from luytre.core.hunt.read_csv import Mappings
from luytre.core.hunt.read_evtx import CHUNK, HEADER, EvtxReader
from luytre.core.hunt.read_json import JsonReader
from luytre.core.hunt.ruleset import RuleSet
from luytre.core.hunt.streams import FAULTS, Bomb, Content, contents

if TYPE_CHECKING:
    from luytre.core.hunt.yara import Yara

SHOWN = 20  # places of damage named one by one; the rest are counted


@dataclass
class Part:
    """What one content (a file, a member of an archive, or a piece of a large file) came to."""

    name: str
    format: str
    events: int = 0
    lines: int = 0
    findings: list[Finding] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    spool: Spool | None = None  # earlier findings and marks, where they were too many to hold
    tally: Tally = field(default_factory=Tally)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    naive: int = 0
    sure: bool = True  # positions within the content can be counted on
    done: bool = True  # nothing more of this content comes
    size: int = 0
    seen: list[Day] = field(default_factory=list)  # host and day of what was read, where that was asked for
    year: int | None = None  # when the file was written: for times that name no year


@dataclass
class Settings:
    """What a worker needs besides the rules."""

    zone: tzinfo | None = None
    mapping: Mappings | None = None
    indicators: Indicators | None = None
    yara: Path | None = None
    coverage: bool = False  # gather which hosts, on which days, the inputs tell of


class Worker:
    def __init__(self, rules: RuleSet, settings: Settings) -> None:
        self.hunter = Hunter(rules, zone=settings.zone, indicators=settings.indicators)
        self.quick = Quick(self.hunter)
        self.settings = settings
        self.coverage = Coverage(settings.zone) if settings.coverage else None
        if self.coverage is not None:
            coverage, hunter = self.coverage, self.hunter
            self.hunter.looked = lambda event: coverage.event(event, hunter)
            self.quick.coverage = coverage
        self._yara: Yara | None = None
        self.broken_off: tuple[Piece, Part] | None = None  # what Ctrl-C came in the middle of, with what was found by then
        gc.freeze()
        gc.set_threshold(100_000, 20, 100)  # events make much that is soon dropped and hardly ever a ring: a tenth of the time (measured)

    def run(self, piece: Piece) -> Iterator[Part]:
        """The parts of a piece, each as soon as it is read. Nothing an input holds raises: faults are named in its part."""
        if self.settings.yara is not None and piece.order == 0:
            yield from self._scanned(piece.input)
        if piece.format:
            yield self._piece(piece)
            return
        given = piece.input
        try:
            with contents(given.path, given.prefix) as found:
                for content in found:
                    content.name = content.name or given.name
                    yield self._content(piece, content)
        except Bomb as fault:
            yield Part(given.name, "faulty", faults=[str(fault)])
        except FAULTS as fault:
            yield Part(given.name, "faulty", faults=[f"không đọc được: {fault}"])
        except BaseException as fault:
            yield Part(given.name, "faulty", faults=[unforeseen(fault)])

    def _scanned(self, given: Input) -> Iterator[Part]:
        """YARA over a file as it lies, and over what an archive holds."""
        from luytre.core.hunt.yara import WHOLE, Yara

        if self._yara is None:
            assert self.settings.yara is not None
            self._yara = Yara(self.settings.yara)
        part = Part(given.name, "yara")
        try:
            self._write_yara(self._yara.of_file(given.path), given.name)
            with contents(given.path, given.prefix) as found:
                for content in found:
                    if content.packed and not content.fault:
                        with content.open() as stream:
                            self._write_yara(self._yara.of_bytes(stream.read(WHOLE)), content.name or given.name)
        except Exception as fault:  # the scanner has its own errors, and damage in an archive is told by the reader of events
            part.faults.append(f"YARA: {' '.join(str(fault).split())[:200]}")
        yield self._finished(part)

    def _write_yara(self, rows: list[dict[str, Any]], name: str) -> None:
        for row in rows:
            row |= {"time": None, "host": None, "source": {"file": name, "record": None, "line": MARK}}
            self.hunter.write(row, -1, None, None, None)

    def _content(self, piece: Piece, content: Content) -> Part:
        given = piece.input
        part = Part(content.name, content.format, size=content.size or given.size, year=written_in(given))
        if content.fault:
            part.faults.append(content.fault)
            return part
        try:
            with content.open() as stream:
                self._read(part, stream, content.head)
        except Bomb as fault:
            part.faults.append(str(fault))
        except FAULTS as fault:
            part.faults.append(f"đứt giữa chừng: {fault}")
        except KeyboardInterrupt:
            self._break_off(piece, part)
            raise
        except BaseException as fault:
            part.faults.append(unforeseen(fault))
        return self._finished(part)

    def _break_off(self, piece: Piece, part: Part) -> None:
        part.faults.append("bị dừng giữa chừng")
        self.broken_off = piece, self._finished(part)

    def _piece(self, piece: Piece) -> Part:
        size = (piece.stop or 0) - piece.start
        part = Part(piece.input.name, piece.format, done=piece.last, size=size, year=written_in(piece.input))
        try:
            with piece.input.path.open("rb") as stream:
                if piece.format == "evtx":
                    stream.seek(piece.start)
                    count = -(-((piece.stop or 0) - piece.start) // CHUNK)
                    self._evtx(part, stream, (piece.start - HEADER) // CHUNK, count, piece.head[:HEADER])
                else:
                    window = cast("BinaryIO", Window(stream, piece.start, piece.stop or 0))  # it reads as one, no more is asked of it
                    (self._lines if piece.format == "jsonl" else self._text)(part, window, piece.head)
        except FAULTS as fault:
            part.faults.append(f"đứt giữa chừng: {fault}")
        except KeyboardInterrupt:
            self._break_off(piece, part)
            raise
        except BaseException as fault:
            part.faults.append(unforeseen(fault))
        return self._finished(part)

    def _finished(self, part: Part) -> Part:
        part.findings, part.marks, part.tally, part.naive, part.spool = self.hunter.take()
        if self.coverage is not None:
            part.seen = self.coverage.take()
        return part

    def _read(self, part: Part, stream: BinaryIO, head: bytes) -> None:
        if part.format == "empty":
            part.notes.append("tệp rỗng")
        elif part.format == "unknown":
            (part.notes if self.settings.yara else part.faults).append("không nhận ra định dạng nhật ký")
        elif part.format == "evtx":
            if not head.startswith(b"ElfChnk"):
                head = stream.read(HEADER)
            self._evtx(part, stream, 0, None, head)
        elif part.format == "jsonl":
            self._lines(part, stream, head)
        elif part.format == "json-array":
            self._array(part, stream, head)
        else:
            self._text(part, stream, head)

    def _evtx(self, part: Part, stream: BinaryIO, first: int, count: int | None, head: bytes = b"") -> None:
        reader = EvtxReader(self.quick, part.name)
        try:
            reader.read(stream, first, count)
            if not head.startswith(b"ElfChnk") and part.done:
                reader.check(head, HEADER + first * CHUNK + reader.bytes)
        finally:
            part.events = part.lines = reader.events
            part.sure = reader.sure
            part.faults += shown(reader.lost)

    def _lines(self, part: Part, stream: BinaryIO, head: bytes) -> None:
        reader = self._json(part)
        skipped: list[int] = []
        try:
            for first, block in whole_lines(as_utf8(stream, head), skipped):
                reader.block(first, block)
        finally:
            part.lines = max(reader.lines, *skipped, 0)
            self._json_done(part, reader, skipped)

    def _array(self, part: Part, stream: BinaryIO, head: bytes) -> None:
        reader = self._json(part)
        try:
            reader.array(as_utf8(stream, head))
        finally:
            part.lines = reader.events
            self._json_done(part, reader, [])

    def _json(self, part: Part) -> JsonReader:
        mapping = self.settings.mapping
        if mapping is None or mapping.of(part.name) is None:
            return JsonReader(self.quick, part.name)
        return JsonReader(self.quick, part.name, lambda document: mapping.document(part.name, document), mapped=True)

    def _json_done(self, part: Part, reader: JsonReader, skipped: list[int]) -> None:
        part.events = reader.events
        part.faults += shown([f"dòng {number}: quá dài, bỏ qua" for number in skipped])
        part.faults += shown(["mảng JSON hỏng hoặc bị cắt cụt" if number == 0 else f"dòng {number}: JSON hỏng" for number in reader.broken])
        if reader.strange:
            part.notes.append(f"{reader.strange} sự kiện không rõ thuộc nguồn nào: hãy cho --map")
            if reader.strange == reader.events:
                part.faults.append("không sự kiện nào rõ thuộc nguồn nào: hãy cho --map")
        if reader.mended:
            part.notes.append(f"{reader.mended} dòng không phải UTF-8: đã thay chữ không đọc được")

    def _text(self, part: Part, stream: BinaryIO, head: bytes) -> None:
        from luytre.core.hunt.read_text import read_text

        read_text(self.hunter, part, stream, head, self.settings)


UNFORESEEN = "lỗi không lường trước khi đọc"  # a fault of ours; the fuzzer takes it for one


def unforeseen(fault: BaseException) -> str:
    """What is said of a fault no reader foresaw, a panic of a native reader among them: the input is named, the rest is hunted.

    Raises again what means to end the hunt.
    """
    if isinstance(fault, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
        raise fault
    return f"{UNFORESEEN}: {type(fault).__name__}: {' '.join(str(fault).split())[:200]}"


def written_in(given: Input) -> int | None:
    """The year a file was last written."""
    try:
        return datetime.fromtimestamp(given.path.stat().st_mtime, UTC).year
    except (OSError, OverflowError, ValueError):
        return None


def shown(faults: list[str]) -> list[str]:
    return faults if len(faults) <= SHOWN else [*faults[:SHOWN], f"… và {len(faults) - SHOWN} chỗ nữa"]


class Window:
    """The whole lines that begin in a range of a file."""

    def __init__(self, stream: BinaryIO, start: int, stop: int) -> None:
        self._stream, self._stop = stream, stop
        stream.seek(max(start - 1, 0))
        if start:
            self._skip()
        self._over = stream.tell() >= stop

    def _skip(self) -> None:
        """To the next line's start: the line that began before the range belongs to the piece before."""
        while self._stream.tell() < self._stop:
            line = self._stream.readline(BLOCK)
            if not line or line.endswith(b"\n"):
                return

    def read(self, size: int) -> bytes:
        if self._over:
            return b""
        at = self._stream.tell()
        if at + size < self._stop:
            return self._stream.read(size)
        self._over = True
        data = self._stream.read(max(self._stop - at, 0))
        return data if data.endswith(b"\n") else data + self._rest()

    def _rest(self) -> bytes:
        """To the end of the last line; past the longest line there may be, no further: the line reader leaves it out."""
        parts = []
        total = 0
        while total <= LONGEST and (line := self._stream.readline(BLOCK)):
            parts.append(line)
            total += len(line)
            if line.endswith(b"\n"):
                break
        return b"".join(parts)
