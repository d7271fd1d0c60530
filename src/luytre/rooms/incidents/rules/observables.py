"""Observables read out of free text: addresses, names, digests, weaknesses; written harmless ("hxxp", "[.]") or plain. None is followed."""

import re
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import NamedTuple

MOST_TEXT = 200_000  # characters read
MOST = 500  # found in one text
KINDS = ("url", "email", "ip", "domain", "hash", "cve")


class Seen(NamedTuple):
    """What was seen, in the form in which it is compared."""

    kind: str
    value: str


_DOTS = re.compile(r"\s?(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\[chấm\]|\(chấm\))\s?", re.IGNORECASE)
_AT = re.compile(r"\s?(?:\[@\]|\(@\)|\[at\]|\(at\))\s?", re.IGNORECASE)
_SCHEME = re.compile(r"\bh(?:xx|tt|\*\*|XX)p(s?)\s?(?:\[:\]|:|\[://\]|://)(?://)?", re.IGNORECASE)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = rf"(?:{_LABEL}\.){{1,8}}(?:[a-z]{{2,18}}|xn--[a-z0-9-]{{2,59}})"
_URL = re.compile(r"\b(?:https?|ftp)://[^\s<>\"'`\])}]{3,500}", re.IGNORECASE)
_EMAIL = re.compile(rf"(?<![\w.+-])[a-z0-9][\w.+-]{{0,63}}@{_NAME}(?![\w-])", re.IGNORECASE)
_IP4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_IP6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:]|\.\w)", re.IGNORECASE)
_DOMAIN = re.compile(rf"(?<![\w@.-]){_NAME}(?![\w-]|\.\w)", re.IGNORECASE)
_HASH = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-z])", re.IGNORECASE)
_CVE = re.compile(r"(?<![\w-])cve-(?:19|20)\d{2}-\d{4,7}(?![\w])", re.IGNORECASE)
# Endings of file names that look like a domain; a name that ends so is a file unless an address was written around it.
_FILE_ENDINGS = """exe dll sys bat cmd ps js jse vbs vbe hta lnk scr msi doc docx docm xls xlsx xlsm ppt pptx pdf rtf txt csv log zip rar
iso img jpg jpeg png gif bmp svg eml msg html htm php asp aspx jsp py sh xml json yaml yml ini cfg conf dat bak tmp key pem"""
_FILES = frozenset(_FILE_ENDINGS.split())


def armed(text: str) -> str:
    """Text with harmless spellings taken back: hxxp://xấu[.]example → http://xấu.example."""
    plain = _SCHEME.sub(lambda found: f"http{found[1].lower()}://", _AT.sub("@", _DOTS.sub(".", text)))
    return plain.replace("[:]", ":")


def defanged(kind: str, value: str) -> str:
    """A value as it is shown: nobody can click or resolve it by mistake."""
    if kind in ("hash", "cve"):
        return value
    if kind == "url":
        scheme, _, rest = value.partition("://")
        host, slash, path = rest.partition("/")
        return f"{scheme.replace('tt', 'xx')}://{host.replace('.', '[.]')}{slash}{path}"
    head, dot, tail = value.rpartition(".") if kind != "ip" or "." in value else value.rpartition(":")
    return f"{head}[{dot}]{tail}".replace("@", "[@]")


def seen_in(text: str) -> list[Seen]:
    """What is seen in a text, each once, in the order of KINDS; a domain within an address of another kind is not said again."""
    plain = armed(text[:MOST_TEXT])
    found = list(dict.fromkeys(_all(plain)))
    return found[:MOST]


def _all(text: str) -> Iterator[Seen]:
    rest = text
    for kind, reading in (("url", _urls), ("email", _emails)):
        values, rest = reading(rest)
        yield from (Seen(kind, value) for value in values)
    yield from (Seen("ip", value) for value in _addresses(text))
    yield from (Seen("domain", value) for value in _domains(rest))
    yield from (Seen("hash", match.lower()) for match in _HASH.findall(text))
    yield from (Seen("cve", match.upper()) for match in _CVE.findall(text))


def _urls(text: str) -> tuple[list[str], str]:
    found = [_trimmed(match) for match in _URL.findall(text)]
    return [_lowered(url) for url in found if "." in url.partition("://")[2] or ":" in url[6:]], _URL.sub(" ", text)


def _trimmed(url: str) -> str:
    return url.rstrip(".,;:!?…”’")


def _lowered(url: str) -> str:
    """Scheme and host do not differ by case; the path does."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}{slash}{path}"


def _emails(text: str) -> tuple[list[str], str]:
    return [match.lower().rstrip(".") for match in _EMAIL.findall(text)], _EMAIL.sub(" ", text)


def _addresses(text: str) -> Iterator[str]:
    for match in (*_IP4.findall(text), *_IP6.findall(text)):
        try:
            address = ip_address(match)
        except ValueError:
            continue
        if not (address.is_unspecified or match.count(":") == 2 and "::" not in match):  # noqa: RUF021
            yield str(address)


def _domains(text: str) -> Iterable[str]:
    for match in _DOMAIN.findall(text):
        name = match.lower()
        ending = name.rpartition(".")[2]
        if ending not in _FILES:
            yield name
