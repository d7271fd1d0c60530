"""A paper as one HTML page: for reading on a screen and for readers aloud; pictures inside, no script, nothing fetched."""

import base64
from html import escape
from pathlib import Path
from typing import Any

from luytre.core.paper.model import Paper
from luytre.core.paper.sheet import MOTTO, WORDS, Sheet, sheet

_STYLE = Path(__file__).with_name("web.css")


def html(paper: Paper) -> str:
    """The whole page; every string of the data is escaped, only **bold** is read."""
    page = sheet(paper)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(page["title"])}</title>'
    mark = f'<p class="mark">{escape(page["mark"])}</p>' if page["mark"] else ""
    annexes = "".join(_annex(annex) for annex in page["annexes"])
    inside = f'{_letterhead(page)}<main class="body">{_front(page)}{_blocks(page["blocks"])}{_ending(page)}{annexes}</main>{mark}'
    return f'<!doctype html>\n<html lang="vi"><head>{head}<style>{_STYLE.read_text()}</style></head><body>{inside}</body></html>\n'


def rich(text: str) -> str:
    parts = escape(text).replace("\n", "<br>").split("**")
    return "".join(f"<strong>{part}</strong>" if index % 2 else part for index, part in enumerate(parts))


def _lines(items: list[str], tag: str = "p", **attributes: str) -> str:
    look = "".join(f' class="{value}"' for value in attributes.values())
    return "".join(f"<{tag}{look}>{rich(item)}</{tag}>" for item in items if item)


def _letterhead(page: Sheet) -> str:
    issuer = _lines([page["parent"]]) + "".join(f"<p><strong>{escape(name)}</strong></p>" for name in page["issuer"])
    letter = _lines([f"V/v {page['letter_subject']}"]) if page["letter_subject"] else ""
    urgent = f'<p><span class="urgent">{escape(page["urgency"])}</span></p>' if page["urgency"] else ""
    left = f'{issuer}<hr class="rule"><p>{escape(page["number"])}</p>{letter}{urgent}'
    right = f'<p><strong>{MOTTO}</strong></p><p><strong>{WORDS}</strong></p><hr class="rule"><p><em>{escape(page["place_date"])}</em></p>'
    return f"<header><div>{left}</div><div>{right}</div></header>"


def _front(page: Sheet) -> str:
    named = f"<h1>{escape(page['type'])}</h1>" if page["type"] else ""
    named += "".join(f'<p class="subject flat"><strong>{rich(line)}</strong></p>' for line in page["subject"])
    named += '<hr class="rule">' if named else ""
    if page["authority"]:
        named += f'<p class="flat"><strong>{escape(page["authority"])}</strong></p>'
    who = page["addressees"]
    if len(who) == 1:
        named += f'<p class="flat">Kính gửi: {rich(who[0])}</p>'
    elif who:
        named += f'<p class="flat">Kính gửi:</p><ul>{"".join(f"<li>- {rich(line)}</li>" for line in who)}</ul>'
    named += "".join(f"<p><em>{rich(basis)}</em></p>" for basis in page["bases"])
    return named + (f'<p class="flat"><strong>{escape(page["enacting"])}</strong></p>' if page["enacting"] else "")


def _blocks(items: list[Sheet]) -> str:
    return "".join(_KINDS[item["kind"]](item) for item in items)


def _heading(item: Sheet) -> str:
    return f"<h{item['level'] + 2}>{rich(item['text'])}</h{item['level'] + 2}>"


def _chapter(item: Sheet) -> str:
    return f'<h2 class="centre">{rich(item["name"])}<br>{rich(item["title"])}</h2>'


def _paragraph(item: Sheet) -> str:
    return f"<p>{rich(item['text'])}</p>"


def _article(item: Sheet) -> str:
    return f"<p><strong>{rich(item['name'])}</strong> {rich(item['text'])}</p>"


def _fields(item: Sheet) -> str:
    rows = "".join(f"<dt>{rich(r['label'])}</dt><dd>{rich(r['value'])}</dd>" for r in item["rows"])
    return f"<dl>{rows}</dl>"


def _checks(item: Sheet) -> str:
    def mark(on: bool) -> str:
        return f'<span role="img" aria-label="{"có" if on else "không"}">{"☒" if on else "☐"}</span>'

    rows = "".join(f"<li>{mark(i['on'])} {rich(i['text'])}</li>" for i in item["items"])
    return f"<ul>{rows}</ul>"


def _table(item: Sheet) -> str:
    looks = [column["align"] for column in item["columns"]]
    head = "".join(f'<th scope="col">{rich(column["head"])}</th>' for column in item["columns"])
    last = len(item["rows"]) - 1
    rows = []
    for index, row in enumerate(item["rows"]):
        bold = item["total"] and index == last
        cells = "".join(
            f'<td class="{look}">{f"<strong>{rich(v)}</strong>" if bold else rich(v)}</td>' for look, v in zip(looks, row, strict=True)
        )
        rows.append(f"<tr>{cells}</tr>")
    unit = f'<p class="unit">{rich(item["unit"])}</p>' if item["unit"] else ""
    caption = f"<caption>{rich(item['caption'])}</caption>" if item["caption"] else ""
    return f'{unit}<div class="scroll"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _figure(item: Sheet) -> str:
    kind = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}[item["format"]]
    raw = item["image"].encode() if isinstance(item["image"], str) else item["image"]
    source = f"data:{kind};base64,{base64.b64encode(raw).decode()}"
    caption = f"<figcaption><strong>{rich(item['caption'])}</strong></figcaption>" if item["caption"] else ""
    return f'<figure><img src="{source}" alt="{escape(item["alt"])}">{caption}</figure>'


def _ending(page: Sheet) -> str:
    closing = f"<p>{rich(page['closing'])}</p>" if page["closing"] else ""
    sent = "".join(f"<li>- {rich(line)}</li>" for line in page["recipients"])
    signers = "".join(_signer(signer) for signer in page["signers"])
    return (
        f'{closing}<footer class="end"><div class="recipients"><strong><em>Nơi nhận:</em></strong><ul>{sent}</ul></div>{signers}</footer>'
    )


def _signer(signer: Sheet) -> str:
    lines = "".join(f"<p><strong>{escape(line)}</strong></p>" for line in signer["authority"])
    return f'<div class="sign">{lines}<p class="name"><strong>{escape(signer["name"])}</strong></p></div>'


def _annex(annex: Sheet) -> str:
    head = (
        f'<h2 class="centre">{escape(annex["name"])}<br>{rich(annex["title"])}</h2><p class="flat"><em>{rich(annex["reference"])}</em></p>'
    )
    return f'<section class="annex">{head}{_blocks(annex["blocks"])}</section>'


_KINDS: dict[str, Any] = {
    "heading": _heading,
    "chapter": _chapter,
    "paragraph": _paragraph,
    "article": _article,
    "fields": _fields,
    "checks": _checks,
    "table": _table,
    "figure": _figure,
}
