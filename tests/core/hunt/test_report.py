"""The report says first what a clerk needs, hides nothing that was not looked at, and lets no log write HTML."""

from pathlib import Path

from luytre.core.hunt.command import main


def test_report(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    line = '203.0.113.7 - - [23/Nov/2026:10:00:00 +0700] "GET /.env?<script>alert(1)</script> HTTP/1.1" 200 5 "-" "sqlmap<b>"\n'
    (logs / "access.log").write_text(line)
    (logs / "anh.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert main([str(logs), "--report", str(tmp_path / "r.html"), "--out", str(tmp_path / "o")]) == 2
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Đã xem 1 sự kiện trong 2 tệp" in page
    assert "chưa thể kết luận là an toàn" in page
    assert "anh.png" in page.split("<h2>Mức độ")[0]  # beside the three sentences
    assert "Gỡ tệp khỏi thư mục web" in page  # the rule's own advice
    assert "<script>alert" not in page and "<b>&quot;" not in page
    assert "<b>Xâm nhập ban đầu</b>" in page or "<b>Thu thập</b>" in page or "<b>Trinh sát</b>" in page  # the matrix of tactics
    assert "▲" in page or "◆" in page  # a level is told by a mark, not by colour alone
    assert page.count("Tệp nhạy cảm bị tải về") >= 2
