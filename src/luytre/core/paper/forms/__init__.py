"""Statutory forms: fields in, an official paper out (Circular 20/2017, Decree 331/2026, Law 91/2025)."""

import re
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from luytre.core.paper.forms.answers import BLANK, is_empty, picked, rows_of, words_of
from luytre.core.paper.forms.spec import FieldSpec, FormSpec, PartSpec, load, names
from luytre.core.paper.letters import Fault, PaperRefused
from luytre.core.paper.model import Paper, Signer
from luytre.core.paper.reading import from_plain

__all__ = ["FieldSpec", "FormSpec", "Office", "answer", "load", "names"]
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Office(Struct, frozen=True, kw_only=True):
    """Who issues the paper: what does not come from the form."""

    issuer: tuple[str, ...]
    place: str
    code: str  # the body's own part of the symbol: "SGDĐT"
    recipients: tuple[str, ...]
    signers: tuple[Signer, ...]
    parent: str = ""
    addressees: tuple[str, ...] = ()
    authority: str = ""
    number: int | None = None
    issued_on: date | None = None
    mark: str = ""


def answer(spec: FormSpec, answers: dict[str, Any], office: Office, *, draft: bool = False) -> Paper:
    """The form filled with answers (field id → value), as a paper of the office.

    Refuses (PaperRefused, path = field id) unknown fields, wrong kinds and, unless `draft`, required fields left empty;
    a draft shows dots there, ready to be written on.
    """
    filling = _Filling(spec, answers, draft)
    blocks, annexes = filling.parts()
    heads = filling.heads()
    if filling.faults:
        raise PaperRefused(filling.faults)
    plain = {
        **heads,
        "parent": office.parent,
        "issuer": list(office.issuer),
        "place": office.place,
        "symbol": f"{spec.symbol}-{office.code}" if spec.symbol else office.code,
        "number": office.number,
        "issued_on": office.issued_on.isoformat() if office.issued_on else None,
        "authority": office.authority if spec.enacting else "",
        "addressees": list(office.addressees),
        "recipients": list(office.recipients),
        "signers": [msgspec.to_builtins(signer) for signer in office.signers],
        "size": spec.size,
        "mark": office.mark,
        "form": {"id": spec.id, "instrument": f"{spec.form}, {spec.instrument}"},
        "blocks": blocks,
        "annexes": annexes,
    }
    return from_plain(plain)


class _Filling:
    """One form being filled: collects faults, so that an officer sees all of them at once."""

    def __init__(self, spec: FormSpec, answers: dict[str, Any], draft: bool) -> None:
        self.spec, self.answers, self.draft = spec, answers, draft
        self.fields = {field.id: field for field in spec.fields}
        self.faults = [Fault(name, f"mẫu {spec.id} không có trường “{name}”") for name in sorted(answers.keys() - self.fields.keys())]
        self.words = {field.id: words_of(field, answers.get(field.id), self.faults) for field in spec.fields}
        if not draft:
            missing = [field for field in spec.fields if field.required and is_empty(answers.get(field.id))]
            self.faults += [Fault(field.id, f"“{field.label}” là mục bắt buộc, chưa được điền") for field in missing]

    def heads(self) -> dict[str, Any]:
        spec = self.spec
        return {
            "title": spec.title,
            "type": spec.type,
            "subject": [self.text(line) for line in spec.subject],
            "letter_subject": self.text(spec.letter_subject),
            "bases": [self.basis(line) for line in spec.bases],
            "enacting": spec.enacting,
            "closing": self.text(spec.closing),
        }

    def text(self, words: str) -> str:
        return _SLOT.sub(lambda match: self.words[match[1]] or BLANK if match[1] in self.words else match[0], words)

    def basis(self, words: str) -> str:
        said = self.text(words)
        return f"Căn cứ {said}" if said.startswith(BLANK) else said

    def parts(self) -> tuple[list[Any], list[Any]]:
        """Blocks of the body, and tables too wide for it as landscape annexes."""
        blocks: list[Any] = []
        annexes: list[Any] = []
        for part in self.spec.body:
            if part.when and is_empty(self.answers.get(part.when)):
                continue
            made = self.part(part)
            if part.landscape:
                annexes.append({"title": part.text.upper(), "landscape": True, "blocks": made})
            else:
                blocks.extend(made)
        return blocks, annexes

    def part(self, part: PartSpec) -> list[Any]:
        mark = part.wording
        if part.kind in ("heading", "subheading"):
            return [{"kind": "heading", "level": 1 if part.kind == "heading" else 2, "text": self.text(part.text), "wording": mark}]
        if part.kind == "paragraph":
            said = self.text(part.text)
            lines = said.split("\n") if _SLOT.fullmatch(part.text) else [said]  # an answer of several lines: a paragraph each
            return [{"kind": "paragraph", "text": line, "wording": mark} for line in lines if line.strip()]
        if part.kind == "article":
            return [{"kind": "article", "name": part.name, "text": self.text(part.text), "wording": mark}]
        if part.kind == "fields":
            return [self.rows(part)]
        if part.kind == "choice":
            return self.choice(part)
        return [self.table(self.fields[name], part) for name in part.of]

    def label(self, field: FieldSpec) -> str:
        return f"{field.label} (*)" if self.spec.starred and field.required else field.label

    def rows(self, part: PartSpec) -> dict[str, Any]:
        rows = [self.fields[name] for name in part.of]
        shown = [{"label": self.label(f), "value": self.words[f.id] or BLANK, "wording": f.wording} for f in rows]
        return {"kind": "fields", "label_mm": part.label_mm, "rows": shown, "wording": part.wording}

    def choice(self, part: PartSpec) -> list[Any]:
        made: list[Any] = []
        for field in (self.fields[name] for name in part.of):
            ticks = picked(field, self.answers.get(field.id), self.faults)
            items = [{"on": on, "text": text, "wording": o.wording} for (on, text), o in zip(ticks, field.options, strict=True)]
            made.append({"kind": "paragraph", "text": f"{self.label(field)}:", "wording": field.wording})
            made.append({"kind": "checks", "columns": part.columns, "items": items, "wording": part.wording})
        return made

    def table(self, field: FieldSpec, part: PartSpec) -> dict[str, Any]:
        first: list[dict[str, Any]] = [{"head": "TT", "width_mm": 10, "align": "centre"}]
        first += [{"head": field.label}] if field.rows else []
        rest = [
            {"head": c.label, "align": "right" if c.number else "left", "sums": c.number and bool(field.rows)}
            | ({"width_mm": c.width_mm} if c.width_mm else {})
            for c in field.columns
        ]
        rows = rows_of(field, self.answers.get(field.id), self.faults)
        if not rows:
            rows = [["1"] + [BLANK[:6] if self.draft else ""] * len(field.columns)]
        caption = "" if part.landscape else self.text(part.text)
        size = 10 if part.landscape and len(field.columns) > 9 else 12
        table = {"kind": "table", "caption": caption, "columns": first + rest, "rows": rows, "total": bool(field.rows), "size": size}
        return {**table, "wording": part.wording}
