"""The report of a hunt as one HTML page a clerk can read: three sentences, then what was found, where, when, and what was not looked at."""

from collections.abc import Iterable
from html import escape
from typing import Any

from luytre.core.hunt.finding import LEVELS

TOP = 200  # findings shown one by one
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
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:68rem;padding:0 1rem;color:#1b2733}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:2px solid #cfd8e3}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e3e9f0;vertical-align:top}
td{overflow-wrap:anywhere}.lead{font-size:1.1rem;background:#f2f6fa;padding:1rem 1.2rem;border-left:5px solid #2b6cb0}
.l{font-weight:600;white-space:nowrap}.critical{color:#8b0000}.high{color:#b5380b}.medium{color:#8a6100}.low{color:#2f5d8a}
.matrix{display:flex;flex-wrap:wrap;gap:.6rem}.tactic{border:1px solid #cfd8e3;padding:.5rem .8rem;min-width:9rem}.tactic b{display:block}
.bar{fill:#2b6cb0}.bad{background:#fff4e5;padding:.8rem 1rem;border-left:5px solid #b5380b}small{color:#5b6b7b}
@media print{body{margin:0;max-width:none}}
"""


def report_of(summary: dict[str, Any], top: Iterable[dict[str, Any]], tally: Any, says: dict[str, dict[str, str]]) -> str:
    """`top`: the gravest findings as decoded lines; `says`: rule id → what the rule says in Vietnamese."""
    parts = [
        "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content='width=device-width'>",
        f"<title>Báo cáo săn lùng mối nguy hại</title><style>{STYLE}</style>",
        "<h1>Báo cáo săn lùng mối nguy hại</h1>",
        f"<p class=lead>{' '.join(three_sentences(summary))}</p>",
        _not_looked(summary),
        _levels(summary),
        _rules(tally, says, summary),
        _matrix(tally),
        _timeline(tally),
        _table("Máy có phát hiện / Hosts", ("Máy", "Số phát hiện"), _first(tally.by_host, 50)),
        _findings(top, says),
        _inputs(summary),
        _set(summary),
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
        then = "Việc xem chưa trọn vẹn (mục ngay dưới đây): chưa thể kết luận là an toàn."
    elif grave:
        then = "Hãy xử lý ngay các phát hiện mức cao theo cột “Việc cần làm”, giữ nguyên nhật ký làm chứng cứ và báo Đội ứng cứu sự cố."
    else:
        then = "Hãy xem lại từng phát hiện, ghi kết luận, và lưu báo cáo này cùng mã băm của các tệp làm minh chứng."
    return [escape(text) for text in (done, found, then)]


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _not_looked(summary: dict[str, Any]) -> str:
    rows = [(one["file"], "; ".join(one["why"])) for one in summary["inputs_not_parsed"]]
    if summary["interrupted"]:
        rows.insert(0, ("–", "bị dừng giữa chừng"))
    if summary["times_without_zone"]:
        rows.append(("–", f"{_number(summary['times_without_zone'])} thời gian không ghi múi giờ: hãy chạy lại với --timezone"))
    return f"<div class=bad>{_table('Chưa xem được / Not looked at', ('Tệp', 'Vì sao'), rows)}</div>" if rows else ""


def _levels(summary: dict[str, Any]) -> str:
    rows = [(WORDS[level], summary["levels"].get(level, 0)) for level in LEVELS if summary["levels"].get(level)]
    return _table("Mức độ / Severities", ("Mức", "Số phát hiện"), rows)


def _rules(tally: Any, says: dict[str, dict[str, str]], summary: dict[str, Any]) -> str:
    titles = summary.get("titles", {})
    rows = []
    for rule_id, count in _first(tally.by_rule, 100):
        words = says.get(rule_id, {})
        rows.append((words.get("title_vi") or titles.get(rule_id) or rule_id, count, words.get("advice_vi", "")))
    return _table("Luật nào phát hiện / By rule", ("Luật", "Số lần", "Việc cần làm"), rows)


def _matrix(tally: Any) -> str:
    tactics = [(name, tally.by_attack[name]) for name in TACTICS if name in tally.by_attack]
    techniques = _first({name: count for name, count in tally.by_attack.items() if name not in TACTICS}, 60)
    if not tactics and not techniques:
        return ""
    cells = "".join(
        f"<div class=tactic><b>{escape(TACTICS[name])}</b>{_number(count)} <small>{name}</small></div>" for name, count in tactics
    )
    return f"<h2>ATT&amp;CK</h2><div class=matrix>{cells}</div>" + _table("", ("Kỹ thuật", "Số phát hiện"), techniques)


def _timeline(tally: Any) -> str:
    days = sorted((day, sum(levels.values())) for day, levels in tally.by_day.items() if day != "…")
    if not days:
        return ""
    most = max(count for _, count in days)
    shown = days[-60:]
    bars = "".join(_bar(at, 80 * count // most, f"{day}: {count}") for at, (day, count) in enumerate(shown))
    span = f"{shown[0][0]} – {shown[-1][0]} (UTC)"
    drawing = f"<svg role=img aria-label='Số phát hiện theo ngày' width='100%' height=100 viewBox='0 0 {len(shown) * 14} 100'>{bars}</svg>"
    return f"<h2>Theo ngày / Timeline</h2>{drawing}<small>{span}</small>"


def _bar(at: int, height: int, says: str) -> str:
    return f"<rect class=bar x={at * 14} y={90 - height} width=11 height={height + 2}><title>{escape(says)}</title></rect>"


def _findings(top: Iterable[dict[str, Any]], says: dict[str, dict[str, str]]) -> str:
    rows = []
    for row in top:
        source = row["source"]
        place = f"{source['file']}" + (
            f" dòng {source['line']}" if source["line"] else f" bản ghi {source['record']}" if source["record"] else ""
        )
        why = "; ".join(f"{one['field'] or 'mọi trường'}: {_short(one['seen'])}" for one in row["why"][:4])
        title = says.get(row["rule_id"], {}).get("title_vi") or row["title"]
        rows.append((WORDS.get(row["level"], row["level"]), row["time"] or "–", row["host"] or "–", title, why, place))
    return _table(f"Phát hiện nặng nhất (tối đa {TOP})", ("Mức", "Thời gian (UTC)", "Máy", "Luật", "Vì sao", "Ở đâu"), rows)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 160 else text[:160] + "…"


def _inputs(summary: dict[str, Any]) -> str:
    rows = [(one["file"], one["format"], one["events"], one["findings"], one["sha256"] or "–") for one in summary["inputs"][:1000]]
    return _table("Tệp đã xem / Inputs", ("Tệp", "Dạng", "Sự kiện", "Phát hiện", "SHA-256"), rows)


def _set(summary: dict[str, Any]) -> str:
    rules = summary["rules"]
    head = f"<h2>Bộ luật / Rules</h2><p>{rules['run']} luật đã chạy; mã băm <code>{escape(rules['digest'])}</code></p>"
    rows = [(one["title"] or one["rule_id"] or "–", one["file"], one["why"]) for one in rules["not_run"][:500]]
    rows += [(f"{count} luật cho {source}", "–", "không có bộ đọc cho nguồn này") for source, count in rules["no_reader"].items()]
    return head + _table("Luật không chạy / Rules not run", ("Luật", "Tệp", "Vì sao"), rows)


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{escape(_number(c) if isinstance(c, int) else str(c))}" for c in row) for row in rows)
    if not body:
        return ""
    head = "".join(f"<th scope=col>{escape(name)}" for name in heads)
    return (f"<h2>{escape(title)}</h2>" if title else "") + f"<table><tr>{head}{body}</table>"


def _first(table: dict[str, int], count: int) -> list[tuple[str, int]]:
    return sorted(table.items(), key=lambda pair: (-pair[1], pair[0]))[:count]
