"""Windows events as XML (wevtutil, Event Viewer, Sysmon for Linux): event by event, so that a large or broken file still gives its rest."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from luytre.core.hunt.read_json import _windows_or_linux
from luytre.core.hunt.read_text import Misses, Row
from luytre.core.hunt.shape import Fields, from_evtx

START = re.compile(r"<Event(?=[\s>])")
END = "</Event>"
LONGEST = 4 << 20  # letters of one event


def events(lines: Iterator[tuple[int, str]], misses: Misses) -> Iterator[Row]:
    """Positions are those of events, not of lines."""
    text, position = "", 0
    for number, line in lines:
        text += line + "\n"
        if END not in line:
            if len(text) > LONGEST:
                misses.add(number)
                text = ""
            continue
        while (end := text.find(END)) >= 0:
            start = START.search(text, 0, end)
            position += 1
            found = event_of(text[start.start() : end + len(END)]) if start else None
            text = text[end + len(END) :]
            if found is None:
                misses.add(number)
            else:
                yield (*found, position)
    if START.search(text):
        misses.add(position + 1)


def event_of(text: str) -> tuple[str, Fields] | None:
    """One <Event>…</Event>; None where it is no XML. Entities beyond the five of XML are refused: no document type comes along."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    try:
        root = fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text))  # noqa: S314  one element, no DTD
    except (ParseError, ValueError):
        return None
    return _windows_or_linux(from_evtx({"Event": _children(root)}))


def _children(element: Element) -> dict[str, Any]:
    return {part: _part(part, child) for child in element for part in (_name(child),)}


def _part(name: str, element: Element) -> Any:
    if name == "System":
        return {_name(child): _leaf(child) for child in element}
    if name in ("EventData", "ProcessingErrorData"):
        return _data(element)
    return {_name(child): _children_or_text(child) for child in element}


def _leaf(element: Element) -> Any:
    text = (element.text or "").strip()
    if not element.attrib:
        return text or None
    return {"#attributes": dict(element.attrib), **({"#text": text} if text else {})}


def _data(element: Element) -> dict[str, Any]:
    """<Data Name="x">…; unnamed ones become a list under Data."""
    found: dict[str, Any] = {}
    unnamed: list[str] = []
    for child in element:
        name = child.attrib.get("Name") if _name(child) == "Data" else _name(child)
        value = (child.text or "").strip()
        if name:
            found[name] = value
        else:
            unnamed.append(value)
    if unnamed:
        found["Data"] = {"#text": unnamed if len(unnamed) > 1 else unnamed[0]}
    return found


def _children_or_text(element: Element) -> Any:
    return {_name(child): _children_or_text(child) for child in element} if len(element) else (element.text or "").strip()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
