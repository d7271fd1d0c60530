"""Lines out of a stream of bytes, in blocks, with a longest line: a file without line ends costs time but no memory."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from luytre.core.hunt.detect import encoding

BLOCK = 1 << 20
LONGEST = 16 << 20  # bytes; the largest event Windows writes is 64 KB of UTF-16


def as_utf8(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    """The stream's blocks in UTF-8 without a byte order mark, whatever of UTF-8 or UTF-16 it is in."""
    kind = encoding(head)
    read = getattr(stream, "read1", stream.read)  # what came before damage in an archive is not lost
    if kind == "utf-8":
        first = True
        while block := read(BLOCK):
            yield block.removeprefix(b"\xef\xbb\xbf") if first else block
            first = False
        return
    decoder = codecs.getincrementaldecoder(kind)("replace")
    first = True
    while block := read(BLOCK):
        text = decoder.decode(block)
        yield (text.removeprefix("\ufeff") if first else text).encode("utf-8", "replace")
        first = False
    yield decoder.decode(b"", True).encode("utf-8", "replace")


def whole_lines(blocks: Iterator[bytes], skipped: list[int]) -> Iterator[tuple[int, bytes]]:
    """(number of the first line, block of whole lines each with its end). Lines past LONGEST are left out and their numbers noted."""
    number, rest = 1, b""
    over = False  # inside a line that is being left out
    broken: BaseException | None = None
    while True:
        try:
            block = next(blocks, None)
        except Exception as fault:  # damage in an archive, or a bomb: what came before it still counts
            broken, block = fault, None
        if block is None:
            break
        if over:
            cut = block.find(b"\n")
            if cut < 0:
                continue
            block, over = block[cut + 1 :], False
            number += 1
        cut = block.rfind(b"\n")
        if cut < 0:
            rest += block
            if len(rest) > LONGEST:
                skipped.append(number)
                rest, over = b"", True
            continue
        whole, rest = b"".join((rest, memoryview(block)[: cut + 1])), block[cut + 1 :]  # one copy, not two
        yield number, whole
        number += whole.count(b"\n")
    if rest and not over:
        yield number, rest + b"\n"
    if broken is not None:
        raise broken


def text_lines(stream: BinaryIO, head: bytes, skipped: list[int]) -> Iterator[tuple[int, str]]:
    """(number, line without its end) of a text; bytes that are no UTF-8 become replacement signs."""
    for first, block in whole_lines(as_utf8(stream, head), skipped):
        for number, line in enumerate(block.decode("utf-8", "replace").split("\n")[:-1], first):
            yield number, line.rstrip("\r")
