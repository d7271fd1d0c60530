"""Indicators of compromise: STIX 2.1, MISP and plain lists; looked up, never scanned for one by one, so that a million cost what ten do.

The text of many events is cut into words once; words never seen before are looked up; only events that hold a hit are read in full.
"""

import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any

import msgspec

from luytre.core.hunt.values import texts_of

LIMIT = 512 << 20  # bytes of one file of indicators
CLEAN = 400_000  # words known to be harmless
HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}").fullmatch
HASHES = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}").fullmatch
IPV6 = re.compile(r"(?<![0-9a-f:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![0-9a-f:.])")
DOMAIN = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}").fullmatch
WORDS = re.compile(r"[\w.-]+")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
STIX = re.compile(r"([a-z0-9-]+):([\w.'\- ]+?)\s*(=|!=|IN|LIKE|MATCHES|ISSUBSET)\s*'((?:[^'\\]|\\.)*)'")
MISP = {"md5", "sha1", "sha256", "sha512", "ip-src", "ip-dst", "domain", "hostname", "url", "uri", "email", "email-src", "email-dst"}
_KEPT = set(b"abcdefghijklmnopqrstuvwxyz0123456789.-_") | set(range(128, 256))
TABLE = bytes(low if (low := b + 32 if 65 <= b <= 90 else b) in _KEPT else 32 for b in range(256))  # letters small, all else a blank

Hit = tuple[str, str]  # type, value


class BadFile(Exception):
    """A file of indicators that can't be used, said for people."""


class Indicators:
    """Sets by type; `labels` says where an indicator comes from."""

    def __init__(self) -> None:
        self.hashes: set[str] = set()
        self.addresses: set[str] = set()
        self.domains: set[str] = set()
        self.urls: dict[str, list[str]] = {}  # host → addresses
        self.emails: set[str] = set()
        self._mail_hosts: set[str] = set()
        self.networks: list[IPv4Network | IPv6Network] = []
        self._v6 = False
        self.skipped = 0
        self._clean: set[bytes] = set()
        self._memo: dict[str, tuple[Hit, ...]] = {}

    def __len__(self) -> int:
        urls = sum(map(len, self.urls.values()))
        return len(self.hashes) + len(self.addresses) + len(self.domains) + len(self.emails) + len(self.networks) + urls

    # ---- reading ----

    def load(self, path: Path) -> None:
        """Adds a file's indicators. Raises BadFile."""
        try:
            if path.stat().st_size > LIMIT:
                raise BadFile(f"{path.name}: lớn quá {LIMIT >> 20} MB")
            data = path.read_bytes()
        except OSError as fault:
            raise BadFile(f"{path}: không đọc được ({fault.strerror})") from fault
        before = len(self)
        if data.lstrip()[:1] in (b"{", b"["):
            try:
                self._document(msgspec.json.decode(data))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
                raise BadFile(f"{path.name}: JSON hỏng ({fault})") from fault
        else:
            for line in data.decode("utf-8-sig", "replace").splitlines():
                self._line(line)
        if len(self) == before:
            raise BadFile(f"{path.name}: không có chỉ báo nào đọc được")

    def _document(self, document: Any) -> None:
        for part in document if isinstance(document, list) else [document]:
            if isinstance(part, str):
                self.add(part)
            elif isinstance(part, dict):
                if part.get("type") == "bundle":
                    self._bundle(part.get("objects") or [])
                elif part.get("type") == "indicator":
                    self._bundle([part])
                elif "response" in part:
                    self._document(part["response"])
                else:
                    self._misp(part.get("Event") or part)

    def _bundle(self, objects: list[Any]) -> None:
        for one in objects:
            if not isinstance(one, dict) or one.get("type") != "indicator" or one.get("revoked"):
                continue
            pattern = str(one.get("pattern") or "")
            if one.get("pattern_type", "stix") != "stix" or " NOT " in pattern or "!=" in pattern:
                self.skipped += 1
                continue
            for kind, path, op, value in STIX.findall(pattern):
                if op in ("=", "ISSUBSET") and (path.startswith(("hashes", "value")) or (kind == "file" and "hash" in path)):
                    self.add(value.replace("\\'", "'").replace("\\\\", "\\"))

    def _misp(self, event: dict[str, Any]) -> None:
        attributes = [*(event.get("Attribute") or [])]
        for thing in event.get("Object") or []:
            attributes += thing.get("Attribute") or []
        for one in attributes:
            for kind, value in zip(str(one.get("type", "")).split("|"), str(one.get("value", "")).split("|"), strict=False):
                if kind in MISP:
                    self.add(value)

    def _line(self, line: str) -> None:
        text = line.split("#", 1)[0].strip() if not line.lstrip().lower().startswith(("http", "hxxp")) else line.strip()
        if text:
            self.add(re.split(r"[\s,;\t]", text, maxsplit=1)[0].strip("\"'"))

    def add(self, value: str) -> None:
        """One indicator, whatever its kind; written harmless ([.], hxxp) or not. What is none of our kinds is counted as skipped."""
        text = (
            value.strip().lower().replace("[.]", ".").replace("(.)", ".").replace("[:]", ":").replace("[@]", "@").replace("hxxp", "http", 1)
        )
        if HASH(text):
            self.hashes.add(text)
        elif "://" in text:
            self.urls.setdefault(_host(text), []).append(text)
        elif "@" in text and EMAIL.fullmatch(text):
            self.emails.add(text)
            self._mail_hosts.add(text.rpartition("@")[2])
        elif not self._address(text):
            if DOMAIN(text.removeprefix("*.").strip(".")) and not IPV4(text):
                self.domains.add(text.removeprefix("*.").strip("."))
            else:
                self.skipped += 1

    def _address(self, text: str) -> bool:
        try:
            if "/" in text:
                self.networks.append(ip_network(text, strict=False))
                self._v6 |= ":" in text
            else:
                address = ip_address(text)
                self.addresses.add(str(address))
                self._v6 |= address.version == 6
        except ValueError:
            return False
        return True

    # ---- looking ----

    def suspects(self, text: bytes) -> list[bytes]:
        """Words of a text (any number of events, JSON or plain) that may be indicators; an empty list is certain."""
        words = set(text.translate(TABLE).split()) - self._clean
        found = []
        for word in words:
            if self._may_be(word):
                found.append(word)
            else:
                self._clean.add(word)
        if len(self._clean) > CLEAN:
            self._clean.clear()
        if self._v6:
            found += [m.group().encode() for m in IPV6.finditer(text.decode("utf-8", "replace").lower())]
        return found

    def _may_be(self, word: bytes) -> bool:
        text = word.decode("utf-8", "replace").strip(".-_")
        forms = [text]
        if text[:1] in ("n", "r", "t", "b", "f"):  # \n, \t … of JSON leave their letter behind
            forms.append(text[1:].strip(".-_"))
        elif re.match(r"u[0-9a-f]{4}", text):
            forms.append(text[5:])
        return any(self._word(form) for form in forms)

    def _word(self, word: str) -> bool:
        if word in self.hashes or word in self.addresses:
            return True
        if "." not in word:
            return False
        if IPV4(word) and any(self._inside(word)):
            return True
        return any(tail in self.domains or tail in self.urls or tail in self._mail_hosts for tail in _tails(word))

    def _inside(self, text: str) -> Iterator[str]:
        try:
            address = ip_address(text)
        except ValueError:
            return
        for network in self.networks:
            if address.version == network.version and address in network:
                yield str(network)

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Every indicator in one value, exactly."""
        found = self._memo.get(text)
        if found is None:
            found = tuple(dict.fromkeys(self._hits(text.lower())))
            if len(self._memo) > 20_000:
                self._memo.clear()
            if len(text) < 2_000:
                self._memo[text] = found
        return found

    def _hits(self, text: str) -> Iterator[Hit]:
        for raw in WORDS.findall(text):
            word = raw.strip(".-_")
            if word in self.hashes:
                yield HASHES[len(word)], word
            if "." in word:
                yield from self._dotted(word, text)
        if self._v6:
            for raw in IPV6.findall(text):
                yield from self._dotted(raw, text)
        if "@" in text and self.emails:
            for email in EMAIL.findall(text):
                if email in self.emails:
                    yield "email", email

    def _dotted(self, word: str, text: str) -> Iterator[Hit]:
        if word in self.addresses or (":" in word and _plain(word) in self.addresses):
            yield "ip", _plain(word)
        for network in self._inside(word):
            yield "cidr", network
        for tail in _tails(word):
            if tail in self.domains:
                yield "domain", tail
            for url in self.urls.get(tail, ()):
                if url in text:
                    yield "url", url

    def in_event(self, event: Mapping[str, Any]) -> Iterator[tuple[Hit, str, str]]:
        """((type, value), field, value seen), each indicator once an event."""
        told: set[Hit] = set()
        for name, value in event.items():
            for text in texts_of(value):
                for hit in self.hits(text):
                    if hit not in told:
                        told.add(hit)
                        yield hit, name, text


def _tails(word: str) -> Iterator[str]:
    """mail.x.vn → mail.x.vn, x.vn, vn."""
    while word:
        yield word
        word = word.partition(".")[2]


def _plain(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return text


def _host(url: str) -> str:
    return re.split(r"[/?#:]", url.split("://", 1)[1].rpartition("@")[2] or url.split("://", 1)[1])[0]
