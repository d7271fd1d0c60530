"""Records as they come, events as rules see them: one flat table of fields each, with the names Sigma uses. Aliases are data."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from luytre.core.hunt.kinds import TABLES

Fields = dict[str, Any]
GUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\Z").match


@lru_cache(maxsize=1)
def aliases() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode((TABLES / "aliases.json").read_bytes())
    return found


def from_evtx(document: Mapping[str, Any]) -> Fields:
    """The event of one EVTX or Windows XML record: System under its usual names, EventData and UserData by leaf name without blanks."""
    event = document.get("Event") or {}
    fields: Fields = {}
    _system(event.get("System") or {}, fields)
    route: Fields = {name: fields[name] for name in ("Channel", "EventID", "Provider_Name") if name in fields}
    for part in ("EventData", "UserData", "ProcessingErrorData", "RenderingInfo"):
        if part in event:
            _data(event[part], fields)
    fields.update(route)  # what a provider calls Channel in its data is not the channel of the record
    return fields


def _system(system: Mapping[str, Any], fields: Fields) -> None:
    for name, value in system.items():
        if not isinstance(value, dict):
            if value is not None:
                fields[name] = value
            continue
        attributes = value.get("#attributes") or {}
        if "#text" in value:
            fields[name] = value["#text"]
        if name == "TimeCreated":
            fields["SystemTime"] = attributes.get("SystemTime")
        elif name == "Provider":
            fields.update({f"Provider_{key}": braced(part) for key, part in attributes.items()})
        else:
            fields.update({key if key not in fields else f"{name}_{key}": part for key, part in attributes.items()})


def _data(data: Any, fields: Fields) -> None:
    """Leaves by their own name; several of one name become a list; attributes of wrappers are dropped."""
    if not isinstance(data, dict):
        return
    for name, value in data.items():
        if name == "#attributes":
            continue
        if isinstance(value, dict):
            if set(value) <= {"#text", "#attributes"}:
                _put(fields, name.replace(" ", ""), value.get("#text"))
            else:
                _data(value, fields)
        else:
            _put(fields, name.replace(" ", ""), value)


def _put(fields: Fields, name: str, value: Any) -> None:
    fields[name] = [braced(part) for part in value] if isinstance(value, list) else braced(value)


def braced(value: Any) -> Any:
    """GUIDs with the braces Windows shows, which the EVTX reader leaves out."""
    if value.__class__ is str and len(value) == 36 and GUID(value):
        return "{" + value + "}"
    return value


def from_flat(document: Mapping[str, Any]) -> Fields:
    """The event of a JSON or CSV row about Windows: its own fields, blanks removed, and the usual names beside other exporters' names."""
    if "Event" in document and isinstance(document["Event"], dict):
        return from_evtx(document)
    fields: Fields = {}
    if isinstance(document.get("winlog"), dict):
        _flatten(document, "", fields)
        inner = document["winlog"]
        for part in ("event_data", "user_data"):
            if isinstance(inner.get(part), dict):
                fields.update({name.replace(" ", ""): value for name, value in inner[part].items()})
    else:
        for name, value in document.items():
            if name in ("EventData", "UserData", "System") and isinstance(value, dict):
                _nested(name, value, fields)
            else:
                fields[name.replace(" ", "")] = value
    _usual_names(document, fields)
    return fields


def _nested(name: str, value: dict[str, Any], fields: Fields) -> None:
    if name == "System":
        _system(value, fields)
    else:
        _data(value, fields)


def _usual_names(document: Mapping[str, Any], fields: Fields) -> None:
    for usual, others in aliases()["windows"].items():
        if fields.get(usual) is None:
            for other in others:
                value = fields.get(other) if other in fields else document.get(other)
                if value is not None and not isinstance(value, dict):
                    fields[usual] = value
                    break


def _flatten(table: Mapping[str, Any], prefix: str, fields: Fields, depth: int = 0) -> None:
    for name, value in table.items():
        if isinstance(value, dict) and depth < 8:
            _flatten(value, f"{prefix}{name}.", fields, depth + 1)
        else:
            fields[f"{prefix}{name}"] = value


def flattened(document: Mapping[str, Any]) -> Fields:
    """Any nested table with dotted names: id.orig_h, requestParameters.bucketName."""
    fields: Fields = {}
    _flatten(document, "", fields)
    return fields


def first_of(fields: Mapping[str, Any], what: str) -> Any:
    """The first field that says `what` (time, host, record), by the table of aliases."""
    for name in aliases()[what]:
        value = fields.get(name)
        if value is not None and value != "":
            return value
    return None


def is_windows(fields: Mapping[str, Any]) -> bool:
    return fields.get("EventID") is not None and (fields.get("Channel") is not None or fields.get("Provider_Name") is not None)
