#!/usr/bin/env python3
"""Checks a bundle of the journal on any machine with Python 3.9 or later, and nothing else: this one file, the standard library only.

    python3 verify.py BUNDLE [--head HEAD.txt] [--key HEX] [--anchor SEQ:LINK]

BUNDLE is the .tar made by `luytre journal export`, or the folder it was unpacked into: entries.jsonl, one record a line (seq, id, digest,
link; `said` is what the digest is over, records of others have none); heads.jsonl, signed heads; manifest.json; files/SHA256.

Checked are: each record against its digest (SHA-256 over canonical JSON); the digests in one chain of links without a gap; private parts
and names of files against their salted digests; files against theirs; heads against their Ed25519 signature (RFC 8032, in pure Python
below) and against the chain. Every fault names its record. Exit 0: whole; 1: broken; 2: cannot be read.
The key in a bundle proves nothing by itself: compare it, or a head printed earlier (--head), with what another body keeps on paper.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import tarfile
from typing import IO, Any, Dict, Iterator, List, Optional, Tuple  # noqa: UP035  Python 3.9 too

MOST = 50  # faults told
Point = Tuple[int, int, int, int]  # noqa: UP006

# -- Ed25519, RFC 8032 section 5.1: verification only --
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def recover_x(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if y >= P or square == 0:
        return 0 if y < P and not sign else None
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P


def times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        found = add(found, point) if number & 1 else found
        point, number = add(point, point), number >> 1
    return found


def point_of(octets: bytes) -> Point | None:
    number = int.from_bytes(octets, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature of a text is by a key."""
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or a is None or r is None or s >= ORDER or BASE is None:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


# -- how the journal hashes --
def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8", "surrogatepass")


def sha256(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def salted(salt: str, value: Any) -> str:
    return sha256(salt.encode(), canonical(value))


def head_text(head: Dict[str, Any]) -> str:  # noqa: UP006
    """The text a head's signature is over; what is printed is this, and the signature."""
    return "luytre-head/1\n" + "".join(f"{name}: {head[name]}\n" for name in ("day", "seq", "link", "at", "key"))


class Bundle:
    """The parts of a bundle by name, from a tar or a folder."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.tar = None if os.path.isdir(place) else tarfile.open(place, "r:")  # noqa: PTH112, SIM115
        self.members = {one.name: one for one in self.tar.getmembers() if one.isfile()} if self.tar else {}

    def part(self, name: str) -> IO[bytes]:
        if self.tar and name in self.members:
            return self.tar.extractfile(self.members[name])  # type: ignore[return-value]
        if self.tar:
            raise FileNotFoundError(f"thiếu phần / a part is missing: {name}")
        return open(os.path.join(self.place, name), "rb")  # noqa: PTH118, PTH123

    def lines(self, name: str) -> Iterator[bytes]:
        with self.part(name) as file:
            yield from file

    def digest(self, name: str) -> str | None:
        found = hashlib.sha256()
        try:
            with self.part(name) as file:
                for chunk in iter(lambda: file.read(1 << 20), b""):
                    found.update(chunk)
        except FileNotFoundError:
            return None
        return found.hexdigest()


class Check:
    """Walks a bundle and gathers what is broken, with the record it is broken at."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.faults: List[str] = []  # noqa: UP006
        self.notes: List[str] = []  # noqa: UP006
        self.records: List[Tuple[int, int, str, str]] = []  # noqa: UP006  seq, id, digest, link
        self.files: Dict[str, Optional[str]] = {}  # noqa: UP006, UP045
        self.links: Dict[int, str] = {}  # noqa: UP006
        self.erasures: Dict[int, Any] = {}  # noqa: UP006
        self.erased: List[Tuple[int, int, int]] = []  # noqa: UP006  by which record, place, record
        self.said = 0

    def fault(self, words: str, seq: int | None = None, number: int | None = None) -> None:
        where = [f"ghi nhận / record {number}"] * (number is not None) + [f"vị trí / place {seq}"] * (seq is not None)
        self.faults.append(" · ".join(where) + (": " if where else "") + words)

    def run(self) -> Check:
        about = json.loads(b"".join(self.bundle.lines("manifest.json")))
        if about["form"] != "luytre-bundle/1" or {type(about["files"]), type(about["asides"])} != {bool}:
            raise ValueError("manifest.json: không đúng dạng / not of this form")
        self.first, self.last, self.before = int(about["first"]), int(about["last"]), str(about["before"])
        self.with_files, self.with_asides = about["files"], about["asides"]
        for place, line in enumerate(self.bundle.lines("entries.jsonl"), self.first):
            self.record(place, line)
        self.check_erased()
        self.chain()
        self.heads()
        if not self.with_files or not self.with_asides:
            self.notes.append("gói không kèm tệp hoặc phần riêng / files or private parts are not in this bundle")
        return self

    def record(self, place: int, line: bytes) -> None:
        try:
            one = json.loads(line)
            seq, number, digest, link = int(one["seq"]), int(one["id"]), str(one["digest"]), str(one["link"])
            self.records.append((seq, number, digest, link))
        except (ValueError, KeyError, TypeError):
            return self.fault("không đọc được / cannot be read", place)
        try:
            self.said += "said" in one
            unknown = set(one) - (FIELDS if "said" in one else LINKED)
            if unknown or ("said" in one and not self.content(one, seq, number)):
                self.fault("nội dung đã bị sửa / its content was changed", seq, number)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.fault("nội dung đã bị sửa / its content was changed", seq, number)

    def content(self, one: Dict[str, Any], seq: int, number: int) -> bool:  # noqa: UP006
        said = one["said"]
        if sha256(canonical(said)) != one["digest"]:
            return False
        if said["verb"] == "aside.erased":
            self.erasures[number] = said["detail"]
        self.aside(one["aside"], said["aside"], seq, number)
        for sha, _size, _type, name_digest in said["attachments"]:
            salt, name = one["names"][name_digest]
            if salt and salted(salt, name) != name_digest:
                self.fault(f"tên tệp đã bị sửa / a file's name was changed: {name}", seq, number)
            if self.with_files:
                self.file(sha, seq, number)
        return True

    def aside(self, aside: Any, digest: str, seq: int, number: int) -> None:
        if aside is None and (not digest or not self.with_asides):
            return
        if aside is None:
            self.fault("thiếu phần riêng / its private part is gone", seq, number)
        elif "erased" in aside:
            self.erased.append((aside["erased"], seq, number))
        elif salted(aside["salt"], aside["text"]) != digest:
            self.fault("phần riêng đã bị sửa / its private part was changed", seq, number)

    def file(self, sha: str, seq: int, number: int) -> None:
        if sha not in self.files:
            self.files[sha] = self.bundle.digest("files/" + sha) if re.fullmatch("[0-9a-f]{64}", sha) else None
        if self.files[sha] is None:
            self.fault("thiếu tệp / a file is missing: " + sha, seq, number)
        elif self.files[sha] != sha:
            self.fault("tệp đã bị sửa / a file was changed: " + sha, seq, number)

    def check_erased(self) -> None:
        """A private part may only be gone by an order that stands in the journal."""
        for by, seq, number in self.erased:
            detail = self.erasures.get(by)
            if not detail or detail.get("entry") != number:
                self.fault("phần riêng mất mà không có lệnh xóa / its private part is gone without an order", seq, number)
            else:
                self.notes.append(f"ghi nhận / record {number}: đã xóa theo yêu cầu, số / erased on request, No. {detail.get('order')}")

    def chain(self) -> None:
        for seq in sorted(set(range(self.first, self.last + 1)) - {record[0] for record in self.records})[:MOST]:
            self.fault("thiếu ghi nhận / the record is gone", seq)
        for (seq, number, *_), belongs in zip(self.records, sorted(record[0] for record in self.records)):  # noqa: B905  Python 3.9
            if seq != belongs:
                self.fault(f"đứng ở dòng của vị trí {belongs} / stands at the line of place {belongs}", seq, number)
        previous, before = self.first - 1, self.before
        for seq, number, digest, link in sorted(self.records):
            if seq == previous or not self.first <= seq <= self.last:
                self.fault("không thuộc vị trí này / does not belong here", seq, number)
            elif seq == previous + 1 and sha256(before.encode(), str(seq).encode(), str(number).encode(), digest.encode()) != link:
                self.fault("vị trí trong chuỗi đã bị sửa / its place in the chain was changed", seq, number)
            previous, before, self.links[seq] = seq, link, link

    def heads(self) -> None:
        covered = [self.head(line, f"mốc số / head {number}") for number, line in enumerate(self.bundle.lines("heads.jsonl"), 1)]
        if max(covered, default=0) < self.last:
            self.notes.append(f"sau vị trí {max(covered, default=0)} chưa có mốc đã ký / no signed head after that place yet")

    def head(self, line: bytes | str, named: str, known: str | None = None) -> int:
        """A head counts when its signature holds and the chain says the same at its place; the place it covers."""
        try:
            head = json.loads(line)
            seq, key, signature = int(head["seq"]), bytes.fromhex(head["key"]), bytes.fromhex(head["signature"])
            spelt = (key.hex(), signature.hex()) == (head["key"], head["signature"])
            if not spelt or not is_signed(key, head_text(head).encode(), signature):
                self.fault(f"{named}: chữ ký không đúng / the signature does not hold")
            elif known and known.lower() != head["key"]:
                self.fault(f"{named}: không phải khóa đã biết / not the known key")
            elif seq > self.last or (seq >= self.first and self.links.get(seq) != head["link"]):
                self.fault(f"{named}: chuỗi khác với mốc đã ký / the chain differs from the signed head", seq)
            else:
                return seq
        except (ValueError, KeyError, TypeError):
            self.fault(f"{named}: không đọc được / cannot be read")
        return 0


LINKED = {"seq", "id", "digest", "link"}  # of a record that is not shown
FIELDS = {*LINKED, "said", "aside", "names"}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Kiểm tra một gói nhật ký / check a bundle of the journal")
    parser.add_argument("bundle")
    parser.add_argument("--head", help="tệp mốc đã in / a head printed earlier")
    parser.add_argument("--key", help="khóa công khai đã biết, 64 chữ số hexa / the known public key")
    parser.add_argument("--anchor", metavar="SEQ:LINK", help="mốc đã ghi lại / an anchor noted earlier")
    asked = parser.parse_args(argv)
    try:
        check = Check(Bundle(asked.bundle)).run()
        for line in check.bundle.lines("heads.jsonl") if asked.key else ():
            check.head(line, "mốc trong gói / head in the bundle", asked.key)
        if asked.head:
            with open(asked.head, encoding="utf-8") as file:  # noqa: PTH123
                said = re.findall(r"^(day|seq|link|at|key|signature):\s*(\S+)\s*$", file.read(), re.MULTILINE)
            check.head(json.dumps(dict(said)), "mốc đã in / the printed head", asked.key)
        if asked.anchor and check.links.get(int(asked.anchor.split(":")[0])) != asked.anchor.split(":")[1]:
            check.fault("khác với mốc đã ghi lại / differs from the noted anchor", int(asked.anchor.split(":")[0]))
    except (OSError, ValueError, KeyError, TypeError, IndexError, EOFError, tarfile.TarError) as fault:
        sys.stdout.write(f"KHÔNG ĐỌC ĐƯỢC / CANNOT BE READ: {fault}\n")
        return 2
    sys.stdout.writelines([f"· {note}\n" for note in check.notes[:MOST]] + [f"HỎNG / BROKEN: {words}\n" for words in check.faults[:MOST]])
    if not check.faults:
        whole = f"{len(check.records)} ghi nhận / records ({check.first}–{check.last}), {check.said} có nội dung / with content"
        sys.stdout.write(f"NGUYÊN VẸN / WHOLE: {whole}\n")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
