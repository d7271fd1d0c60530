"""Addresses of pages, by what they are about; those of rooms that are not installed are empty."""

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode


def thing_url(ref: str, tail: str = "") -> str:
    kind, _colon, code = ref.partition(":")
    return reverse("things:organisation" if kind == "org" else "things:system", args=[code]) + tail


def body_url(ref: str, tail: str = "") -> str:
    return thing_url(ref, tail)


def why_url(duty: str, ref: str, tail: str = "") -> str:
    return reverse("board:why", args=[duty, ref]) + tail


def things_url(name: str, tail: str, said: str) -> str:
    """The list of bodies or systems with one more thing said about it ("late=0")."""
    joint = "&" if tail else "?"
    return reverse(f"things:{name}") + tail + (f"{joint}{said}" if said else "")


def optional(view: str, *args: object) -> str:
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""


def entry_url(entry: str) -> str:
    return optional("duties:evidence", int(entry)) if entry.isdigit() else ""


def filing_url(duty: str, about: Iterable[str], event: str | None = None) -> str:
    """The very form: which duty, about which body or systems, answering which event."""
    url = optional("duties:file")
    said = [*([("duty", duty)] if duty else []), *(("about", ref) for ref in about), *([("event", event)] if event else [])]
    return f"{url}?{urlencode(said)}" if url else ""


def instruct_url(to: Iterable[str], duty: str = "", thing: str = "") -> str:
    """Where the chair gives an instruction to some bodies, about a duty and a system where these are meant."""
    url = optional("instructions:give")
    said = [*(("to", ref) for ref in to), *([("duty", duty)] if duty else []), *([("thing", thing)] if thing else [])]
    return f"{url}?{urlencode(said)}" if url else ""


def waiver_url(duty: str, about: str) -> str:
    url = optional("duties:ask-waiver")
    return f"{url}?{urlencode({'duty': duty, 'about': about})}" if url else ""


def model_url(duty: str) -> str:
    """A text to start from, where the room has one for this duty."""
    return optional("duties:model-text", duty)


def answer_url(number: str) -> str:
    """The form that answers an instruction of the chair."""
    return optional("instructions:answer", number)
