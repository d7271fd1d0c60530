"""The /kit page: every component with every status, from made-up rows, so that a change of look is seen in one place."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luytre.ui.contrast import contrast, tokens
from luytre.ui.statuses import LOOKS, Look

TOKENS = Path(__file__).parent / "static/luytre/tokens.css"


class StatusRow(NamedTuple):
    status: str
    look: Look
    contrast: float


class Day(NamedTuple):
    on: date
    title: str
    status: str


def kit(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/kit.html", {"statuses": status_rows(), "bars": BARS, "days": DAYS, "active": "kit"})


def status_rows() -> list[StatusRow]:
    colours = tokens(TOKENS.read_text())
    white = "#ffffff"
    rows = []
    for status, look in LOOKS.items():
        ground = colours.get(f"st-{status}-bg", white)
        rows.append(StatusRow(status, look, contrast(colours[f"st-{status}-ink"], ground)))
    return rows


BARS = [("met", 64), ("met_late", 7), ("due_soon", 9), ("overdue", 12), ("unknown", 8)]
DAYS = [
    Day(date(2026, 10, 31), "Công bố số điện thoại và thư điện tử nhận báo sự cố", "overdue"),
    Day(date(2026, 12, 11), "Báo cáo kết quả thực hiện Chỉ thị 13 năm 2026", "due_soon"),
    Day(date(2026, 12, 31), "Săn lùng mối nguy hại trên 3 hệ thống của xã", "open"),
]
