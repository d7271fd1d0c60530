"""Windows event logs, chunk by chunk: a damaged chunk costs its own records and no others, and is named."""

import io
import struct
import zlib
from typing import Any, BinaryIO

import msgspec
from evtx import PyEvtxParser

from luytre.core.hunt.fast import Known, Quick
from luytre.core.hunt.shape import from_evtx

HEADER, CHUNK = 4096, 65_536
MAGIC, CHUNK_MAGIC = b"ElfFile\0", b"ElfChnk\0"
AT_ONCE = 6  # chunks handed to the parser together: 384 KB; more is no faster (measured) and costs memory


class EvtxReader:
    """Hunts over chunks. `lost` gathers what was damaged, in words; `sure` turns False when positions can't be told any more."""

    def __init__(self, quick: Quick, file: str) -> None:
        self.quick, self.file = quick, file
        self.events = 0
        self.lost: list[str] = []
        self.sure = True
        self._whole = msgspec.json.Decoder().decode

    def check(self, head: bytes, size: int) -> None:
        """A file shorter than its own header says is named as cut short."""
        there = -(-(size - HEADER) // CHUNK)
        if len(head) < HEADER or size < HEADER:
            self._lose(0, "tệp bị cắt cụt ngay ở phần đầu")
        elif head.startswith(MAGIC) and there < (said := int.from_bytes(head[42:44], "little")):
            self.sure = self.sure and there > 0
            self.lost.append(f"bị cắt cụt: phần đầu ghi {said} khối, tệp chỉ có {max(there, 0)}")

    def read(self, stream: BinaryIO, first_chunk: int = 0, chunks: int | None = None, *, whole: bool = True) -> None:
        """Chunks from `first_chunk` on (all to the end by default) of a stream standing at their start, past the file header."""
        number = first_chunk
        self.bytes = 0
        while chunks is None or number < first_chunk + chunks:
            want = AT_ONCE if chunks is None else min(AT_ONCE, first_chunk + chunks - number)
            data = _full(stream, want * CHUNK)
            if not data:
                break
            self._batch(number, data)
            self.bytes += len(data)
            number += -(-len(data) // CHUNK)
            if len(data) < want * CHUNK:
                break

    def _batch(self, number: int, data: bytes) -> None:
        good: list[bytes] = []
        for at in range(0, len(data), CHUNK):
            chunk = data[at : at + CHUNK]
            if chunk.startswith(CHUNK_MAGIC):
                if len(chunk) < CHUNK:
                    self._lose(number + at // CHUNK, "bị cắt cụt")
                good.append(straightened(chunk.ljust(CHUNK, b"\0")))
            elif chunk.strip(b"\0"):
                self._lose(number + at // CHUNK, "mất đầu khối")
        if not good:
            return
        expected = sum(map(_expected, good))
        before, missed = self.events, self._records(b"".join(good), len(good))
        if missed or self.events - before < expected:
            self._again(number, good, before)

    def _again(self, number: int, good: list[bytes], before: int) -> None:
        """Something is missing in a batch: named chunk by chunk. (Its findings stand; only the counts are told here.)"""
        short = sum(map(_expected, good)) - (self.events - before)
        self.sure = False
        where = f"khối {number}" if len(good) == 1 else f"khối {number}–{number + len(good) - 1}"
        self.lost.append(f"{where}: hỏng, mất khoảng {short} bản ghi" if short > 0 else f"{where}: hỏng một phần")

    def _lose(self, chunk: int, why: str) -> None:
        self.sure = False
        self.lost.append(f"khối {chunk}: {why}")

    def _records(self, chunks: bytes, count: int) -> int:
        """Parses and hunts; returns how many times the parser stumbled."""
        stumbled = 0
        try:
            records = iter(PyEvtxParser(io.BytesIO(_header(count) + chunks), 1).records_json())
        except (RuntimeError, OSError, ValueError):
            return 1
        texts: list[str] = []
        while _gathered(records, texts):
            stumbled += 1
            if stumbled > count + 2_000:
                break
        self._hunt(texts)
        return stumbled

    def _hunt(self, texts: list[str]) -> None:
        """The records of a batch: most are judged together, the rest one by one."""
        lines = [text.encode("utf-8", "replace") for text in texts]
        block = b"\n".join(lines)
        quick = self.quick
        if quick.coverage is not None:
            quick.coverage.records(lines)
        lanes = [self._lane(line) for line in lines]
        indicators = quick.hunter.indicators
        suspicious = indicators is not None and bool(indicators.suspects(block))
        left = quick.batches(lanes, lines, quick.flagged(block))
        for at in range(len(lines)) if suspicious else left:
            number = self.events + at + 1
            if suspicious and lanes[at] is not None:
                event = from_evtx(self._decoded(lines[at]))
                quick.hunter.indicate(event, self.file, event.get("EventRecordID"), number if self.sure else None)
            if at in left:
                self._record(lanes[at], lines[at], number if self.sure else None, left[at])
        self.events += len(lines)

    def _lane(self, line: bytes) -> Any:
        try:
            return self.quick.evtx(self.quick.evtx_route(line))
        except (msgspec.DecodeError, UnicodeError):
            return None

    def _record(self, lane: Any, line: bytes, number: int | None, known: Known | None) -> None:
        """A record by itself: one that fires, or that no lane could judge."""
        try:
            if lane is None:
                event = from_evtx(self._decoded(line))
                self.quick.hunter.examine("windows", event, self.file, event.get("EventRecordID"), number)
                return
            found = self.quick.ask(lane, line, self._decoded, from_evtx, known)
        except (msgspec.DecodeError, UnicodeError):
            self.sure = False
            self.lost.append(f"bản ghi thứ {number or '?'}: không đọc được")
            return
        if found is not None:
            verdict, event = found
            self.quick.hunter.found(verdict, event, self.file, event.get("EventRecordID"), number)

    def _decoded(self, text: bytes | str) -> dict[str, Any]:
        found: dict[str, Any] = self._whole(text)
        return found


def _gathered(records: Any, texts: list[str]) -> bool:
    """The records' JSON into `texts`; True where the parser stumbled. It goes on after a damaged record and ends after a damaged chunk."""
    try:
        for record in records:
            texts.append(record["data"])  # one by one: what came before a stumble is kept
    except (RuntimeError, OSError, ValueError):
        return True
    return False


NAMES, TEMPLATES = range(128, 384, 4), range(384, 512, 4)  # where a chunk's header keeps the heads of its chains
_offset = struct.Struct("<I").unpack_from


def straightened(chunk: bytes) -> bytes:
    """The chunk without chains of names or templates that turn back on themselves, which the parser would follow for ever.

    A chain is left out by its head; what stood in it is read where records point to it.
    """
    bad: list[int] = []
    for heads in (NAMES, TEMPLATES):
        seen: set[int] = set()
        for head in heads:
            (offset,) = _offset(chunk, head)
            while offset:
                if offset in seen or offset > CHUNK - 4:
                    bad.append(head)
                    break
                seen.add(offset)
                (offset,) = _offset(chunk, offset)
    if not bad:
        return chunk
    mended = bytearray(chunk)
    for head in bad:
        mended[head : head + 4] = b"\0\0\0\0"
    return bytes(mended)


def _expected(chunk: bytes) -> int:
    """How many records a chunk says it holds."""
    first, last = struct.unpack_from("<QQ", chunk, 8)
    count: int = last - first + 1
    return count if 0 < count < 5_000 else 0


def _header(chunks: int) -> bytes:
    """A file header for that many chunks, so that the parser takes a part of a file for a whole one."""
    header = bytearray(HEADER)
    struct.pack_into("<8sQQQIHHHH", header, 0, MAGIC, 0, max(chunks - 1, 0), 1, 128, 1, 3, HEADER, chunks)
    struct.pack_into("<I", header, 124, zlib.crc32(bytes(header[:120])))
    return bytes(header)


def _full(stream: BinaryIO, size: int) -> bytes:
    """That many bytes, or what there is until the end."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
