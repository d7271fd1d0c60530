"""The report of a hunt as one HTML page a clerk can read: three sentences, then what was found, where, when, and what was not looked at."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, NamedTuple

from luytre.core.hunt.finding import LEVELS, TOP

SHOWN_ABOVE = 5  # inputs not looked at that are named beside the three sentences; all are named below
MARKS = {"critical": "▲", "high": "▲", "medium": "◆", "low": "●", "informational": "○"}  # so that no level is told by colour alone
WORDS = {"critical": "nghiêm trọng", "high": "cao", "medium": "trung bình", "low": "thấp", "informational": "thông tin"}
TACTICS = {
    "reconnaissance": "Trinh sát",
    "resource-development": "Chuẩn bị nguồn lực",
    "initial-access": "Xâm nhập ban đầu",
    "execution": "Thực thi",
    "persistence": "Duy trì",
    "privilege-escalation": "Nâng quyền",
    "defense-evasion": "Né tránh",
    "stealth": "Né tránh",
    "defense-impairment": "Làm suy yếu phòng vệ",
    "credential-access": "Lấy thông tin xác thực",
    "discovery": "Thăm dò",
    "lateral-movement": "Di chuyển trong mạng",
    "collection": "Thu thập",
    "command-and-control": "Điều khiển từ xa",
    "exfiltration": "Tuồn dữ liệu",
    "impact": "Gây hại",
}
STYLE = """
:root{--ink:#16212c;--soft:#526171;--line:#dfe5ec;--paper:#fff;--wash:#f4f7fa;
--critical:#8b0000;--high:#b03a06;--medium:#7d5a00;--low:#2a5a87;--informational:#526171}
*{box-sizing:border-box}
body{font:16px/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;
color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.2rem;margin:2.6rem 0 .8rem}
h2 small{font-weight:400}
small,.soft{color:var(--soft)}
a{color:#1f5c99}
.lead{font-size:1.12rem;background:var(--wash);padding:1rem 1.2rem;border-radius:.5rem;border-left:5px solid #1f5c99;margin:0}
.bad{background:#fdf3e7;padding:.9rem 1.2rem;border-radius:.5rem;border-left:5px solid var(--high);margin:1rem 0 0}
.bad ul{margin:.3rem 0 0;padding-left:1.2rem}
.levels{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.7rem;margin:0;padding:0;list-style:none}
.levels li{border:1px solid var(--line);border-top:4px solid currentColor;border-radius:.5rem;padding:.6rem .9rem}
.levels b{display:block;font-size:1.7rem;line-height:1.2;font-variant-numeric:tabular-nums}
.critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.informational{color:var(--informational)}
.level{font-weight:600;white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th{font-weight:600;color:var(--soft);font-size:.85rem}
th,td{text-align:left;padding:.45rem .7rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
code{font-size:.85em}
.matrix{display:grid;grid-template-columns:repeat(auto-fill,minmax(10.5rem,1fr));gap:.7rem}
.tactic{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}
.tactic ul{margin:.3rem 0 0;padding:0;list-style:none;font-size:.88rem}
.tactic li{display:flex;justify-content:space-between;border-top:1px solid var(--line);padding:.15rem 0}
svg{display:block;width:100%;height:7rem;background:var(--wash);border-radius:.5rem}
details{margin-top:.8rem}summary{cursor:pointer;font-weight:600;padding:.3rem 0}
@media(max-width:44rem){
table,tbody,tr,td{display:block;width:100%}
tr:has(th){position:absolute;left:-99rem}
tr{border-bottom:1px solid var(--line);padding:.5rem 0}
td,td.n{border:0;padding:.1rem 0;text-align:left;white-space:normal}
td[data-l]:not([data-l=""])::before{content:attr(data-l) ": ";color:var(--soft)}
}
@media print{body{max-width:none;padding:0}details>*{display:block}a{color:inherit}h2{break-after:avoid}tr,.tactic{break-inside:avoid}}
"""


class Note(NamedTuple):
    """What is known of a rule besides how often it fired."""

    title: str
    level: str = ""
    attack: tuple[str, ...] = ()
    advice: str = ""


def note_of(rule: Any) -> Note:
    """From a compiled rule or correlation; in Vietnamese where the rule speaks it."""
    says = rule.says
    return Note(says.get("title_vi") or rule.title, rule.level, tuple(rule.attack), says.get("advice_vi", ""))


def report_of(summary: dict[str, Any], top: Iterable[dict[str, Any]], tally: Any, notes: Mapping[str, Note]) -> str:
    """`top`: the gravest findings as decoded lines; `notes`: what is known of the rules that fired, by id."""
    parts = [
        "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>",
        f"<title>Báo cáo săn lùng mối nguy hại</title><style>{STYLE}</style><main>",
        "<h1>Báo cáo săn lùng mối nguy hại</h1>",
        f"<p class=lead>{' '.join(three_sentences(summary))}</p>",
        _warning(summary),
        _levels(summary),
        _rules(tally, notes),
        _matrix(tally, notes),
        _timeline(tally),
        _table("Máy có phát hiện", "Hosts", ("Máy", "#Số phát hiện"), _first(tally.by_host, 50)),
        _not_looked(summary),
        _findings(top, notes),
        _folded("Tệp đã xem", "Inputs", _inputs(summary)),
        _folded("Bộ luật", "Rules", _set(summary)),
        "</main>",
    ]
    return "\n".join(part for part in parts if part)


def three_sentences(summary: dict[str, Any]) -> list[str]:
    """What was done, what was found, what to do; plain text, safe to print."""
    files = len(summary["inputs"])
    done = f"Đã xem {_number(summary['events'])} sự kiện trong {_number(files)} tệp bằng {_number(summary['rules']['run'])} luật."
    grave = sum(summary["levels"].get(level, 0) for level in ("critical", "high"))
    found = (
        f"Có {_number(summary['findings'])} phát hiện, trong đó {_number(grave)} ở mức cao hoặc nghiêm trọng."
        if summary["findings"]
        else ("Không có phát hiện nào trong phần đã xem.")
    )
    if summary["inputs_not_parsed"] or summary["interrupted"]:
        then = "Việc xem chưa trọn vẹn (xem ngay dưới đây): chưa thể kết luận là an toàn."
    elif grave:
        then = "Hãy xử lý ngay các phát hiện mức cao theo mục “Đã thấy gì, cần làm gì”, giữ nhật ký làm chứng cứ và báo Đội ứng cứu sự cố."
    else:
        then = "Hãy xem lại từng phát hiện, ghi kết luận, và lưu báo cáo này cùng mã băm của các tệp làm minh chứng."
    return [escape(text) for text in (done, found, then)]


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _rows_not_looked(summary: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [(one["file"], "; ".join(one["why"])) for one in summary["inputs_not_parsed"]]
    if summary["interrupted"]:
        rows.insert(0, ("–", "việc săn lùng bị dừng giữa chừng"))
    if summary["times_without_zone"]:
        rows.append(("–", f"{_number(summary['times_without_zone'])} thời gian không ghi múi giờ: hãy chạy lại với --timezone"))
    return rows


def _warning(summary: dict[str, Any]) -> str:
    """The first of what was not looked at, where nobody misses it."""
    rows = _rows_not_looked(summary)
    if not rows:
        return ""
    shown = "".join(f"<li>{escape(f'{file}: {_short(why)}' if file != '–' else why)}" for file, why in rows[:SHOWN_ABOVE])
    more = f" <a href=#chua-xem>Xem đủ {_number(len(rows))} mục</a>" if len(rows) > SHOWN_ABOVE else ""
    return f"<div class=bad><b>Chưa xem được</b><ul>{shown}</ul>{more}</div>"


def _not_looked(summary: dict[str, Any]) -> str:
    rows = _rows_not_looked(summary)
    if not rows:
        return _heading("Chưa xem được", "Not looked at") + "<p>Không có: mọi tệp đưa vào đều đã đọc trọn.</p>"
    return f"<div id=chua-xem>{_table('Chưa xem được', 'Not looked at', ('Tệp', 'Vì sao'), rows)}</div>"


def _level(level: str) -> str:
    return f"<span class='level {escape(level)}'>{MARKS.get(level, '')} {escape(WORDS.get(level, level))}</span>"


def _levels(summary: dict[str, Any]) -> str:
    cells = [
        f"<li class={level}><b>{_number(summary['levels'][level])}</b>{MARKS[level]} {WORDS[level]}"
        for level in LEVELS
        if summary["levels"].get(level)
    ]
    return f"{_heading('Mức độ', 'Severities')}<ul class=levels>{''.join(cells)}</ul>" if cells else ""


def _rules(tally: Any, notes: Mapping[str, Note]) -> str:
    """The gravest first, then the most frequent."""
    fired = [(notes.get(rule_id) or Note(rule_id), count) for rule_id, count in _first(tally.by_rule, len(tally.by_rule))]
    fired.sort(key=lambda pair: LEVELS.index(pair[0].level) if pair[0].level in LEVELS else len(LEVELS))
    rows: list[tuple[Any, ...]] = [
        (Markup(_level(note.level)) if note.level else "–", note.title, count, note.advice) for note, count in fired[:100]
    ]
    heads: tuple[str, ...] = ("", "Luật", "#Số lần", "Việc cần làm")
    if not any(note.advice for note, _ in fired):
        heads, rows = heads[:3], [row[:3] for row in rows]
    first = _table("Đã thấy gì, cần làm gì", "By rule", heads, rows[:12])
    if len(rows) > 12:
        more = f"<p class=soft>… và {_number(len(fired) - 100)} luật nữa, có trong tệp phát hiện.</p>" if len(fired) > 100 else ""
        first += f"<details><summary>Thêm {_number(len(fired) - 12)} luật</summary>{_table('', '', heads, rows[12:])}{more}</details>"
    return first


def _matrix(tally: Any, notes: Mapping[str, Note]) -> str:
    """Tactics in the order of an attack, beneath each the techniques its rules name."""
    columns: dict[str, dict[str, int]] = {}
    for rule_id, count in tally.by_rule.items():
        names = notes[rule_id].attack if rule_id in notes else ()
        for tactic in (name for name in names if name in TACTICS):
            techniques = columns.setdefault(tactic, {})
            for name in names:
                if name not in TACTICS and name[:1] == "T":
                    techniques[name] = techniques.get(name, 0) + count
    cells = []
    for tactic in (name for name in TACTICS if name in columns):
        listed = "".join(f"<li><span>{escape(name)}</span><span>{_number(count)}</span>" for name, count in _first(columns[tactic], 12))
        count = tally.by_attack.get(tactic, 0)
        cells.append(f"<div class=tactic><b>{TACTICS[tactic]}</b> <small>{_number(count)}</small><ul>{listed}</ul></div>")
    return f"{_heading('Bước tấn công', 'ATT&CK')}<div class=matrix>{''.join(cells)}</div>" if cells else ""


def _timeline(tally: Any) -> str:
    days = sorted((day, levels) for day, levels in tally.by_day.items() if day != "…")
    if not days:
        return ""
    shown = days[-60:]
    most = max(sum(levels.values()) for _, levels in shown)
    bars = "".join(_bar(at, day, levels, most) for at, (day, levels) in enumerate(shown))
    width = max(len(shown), 12) * 14
    drawing = (
        f"<svg role=img aria-label='Số phát hiện theo ngày; bảng ở dưới' viewBox='0 0 {width} 100' preserveAspectRatio=none>{bars}</svg>"
    )
    span = f"<p class=soft>{_day(shown[0][0])} – {_day(shown[-1][0])}, giờ UTC; cao nhất {_number(most)} phát hiện một ngày"
    span += f"; {_number(len(days) - 60)} ngày sớm hơn không vẽ</p>" if len(days) > 60 else "</p>"
    rows = [(_day(day), sum(levels.values())) for day, levels in shown]
    listed = f"<details><summary>Bảng theo ngày</summary>{_table('', '', ('Ngày', '#Số phát hiện'), rows)}</details>"
    return _heading("Theo ngày", "Timeline") + drawing + span + listed


def _bar(at: int, day: str, levels: dict[str, int], most: int) -> str:
    """One day, its levels one upon the other, the gravest at the foot."""
    parts, foot = [], 98.0
    for level in LEVELS:
        height = 92 * levels.get(level, 0) / most
        if height:
            foot -= height
            parts.append(f"<rect x={at * 14 + 1} y={foot:.1f} width=12 height={height:.1f} fill='var(--{level})'/>")
    return f"<g><title>{_day(day)}: {sum(levels.values())}</title>{''.join(parts)}</g>"


def _day(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def _findings(top: Iterable[dict[str, Any]], notes: Mapping[str, Note]) -> str:
    rows = []
    for row in top:
        source = row["source"]
        place = f"{source['file']}" + (
            f" dòng {source['line']}" if source["line"] else f" bản ghi {source['record']}" if source["record"] else ""
        )
        why = "; ".join(f"{one['field'] or 'mọi trường'}: {_short(one['seen'])}" for one in row["why"][:4])
        note = notes.get(row["rule_id"])
        when = (row["time"] or "–").replace("T", " ").removesuffix("Z")
        rows.append((Markup(_level(row["level"])), note.title if note else row["title"], when, row["host"] or "–", why, place))
    heads = ("", "Luật", "Thời gian (UTC)", "Máy", "Vì sao", "Ở đâu")
    return _table(f"Phát hiện nặng nhất, tối đa {TOP}", "Findings", heads, rows)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 160 else text[:160] + "…"


def _inputs(summary: dict[str, Any]) -> str:
    rows = [(one["file"], one["format"], one["events"], one["findings"], one["sha256"] or "–") for one in summary["inputs"][:1000]]
    more = len(summary["inputs"]) - 1000
    note = f"<p class=soft>… và {_number(more)} tệp nữa, có trong tóm tắt JSON.</p>" if more > 0 else ""
    return _table("", "", ("Tệp", "Dạng", "#Sự kiện", "#Phát hiện", "SHA-256"), rows) + note


def _set(summary: dict[str, Any]) -> str:
    rules = summary["rules"]
    head = f"<p>{_number(rules['run'])} luật đã chạy; mã băm của bộ luật <code>{escape(rules['digest'])}</code></p>"
    rows = [(one["title"] or one["rule_id"] or "–", one["file"], one["why"]) for one in rules["not_run"][:500]]
    rows += [(f"{count} luật cho {source}", "–", "không có bộ đọc cho nguồn này") for source, count in rules["no_reader"].items()]
    return head + _table("Luật không chạy", "Rules not run", ("Luật", "Tệp", "Vì sao"), rows)


class Markup(str):
    """Text that is HTML already, made by this module."""

    __slots__ = ()


def _heading(title: str, english: str) -> str:
    return f"<h2>{escape(title)} <small lang=en>{escape(english)}</small></h2>" if title else ""


def _folded(title: str, english: str, body: str) -> str:
    return f"{_heading(title, english)}<details><summary>Mở danh sách</summary>{body}</details>" if body else ""


def _table(title: str, english: str, heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    """A table; on a phone each row becomes a block whose cells carry their headings. A heading with # is of numbers."""
    body = "".join("<tr>" + "".join(map(_cell, heads, row)) for row in rows)
    if not body:
        return ""
    head = "".join(f"<th scope=col{' class=n' if name[:1] == '#' else ''}>{escape(name.lstrip('#'))}" for name in heads)
    return f"{_heading(title, english)}<table><tr>{head}{body}</table>"


def _cell(head: str, value: Any) -> str:
    text = value if isinstance(value, Markup) else escape(_number(value) if isinstance(value, int) else str(value))
    return f"<td data-l='{escape(head.lstrip('#'))}'{' class=n' if head[:1] == '#' else ''}>{text}"


def _first(table: dict[str, int], count: int) -> list[tuple[str, int]]:
    return sorted(table.items(), key=lambda pair: (-pair[1], pair[0]))[:count]
