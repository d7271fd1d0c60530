"""luytre rules: a folder, a zip or a git address becomes the set `--rules updated` uses; a bad source leaves the old one."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from luytre.core.hunt.command import main as hunt
from luytre.site.commands.rules import main

RULES = Path(__file__).parents[3] / "rules"


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))


def test_folder_then_zip_then_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", str(RULES / "dns")]) == 0
    first = capsys.readouterr().out
    shutil.make_archive(str(tmp_path / "set"), "zip", RULES / "web")
    assert main(["update", str(tmp_path / "set.zip")]) == 0
    assert main(["show"]) == 0
    shown = capsys.readouterr().out
    assert "tuổi / age     : 0 ngày" in shown
    assert first.splitlines()[2] not in shown  # another digest
    (tmp_path / "access.log").write_text('203.0.113.7 - - [23/Nov/2026:10:00:00 +0700] "GET /.env HTTP/1.1" 200 5 "-" "x"\n')
    assert hunt([str(tmp_path / "access.log"), "--rules", "updated"]) == 1
    assert json.loads(capsys.readouterr().out)["title"] == "Sensitive File Served"


def test_a_bad_source_leaves_the_old_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", str(RULES / "dns")]) == 0
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.yml").write_text("không phải: [luật")
    assert main(["update", str(tmp_path / "bad")]) == 2
    assert main(["update", "ext::sh -c id"]) == 2
    assert "không phải thư mục" in capsys.readouterr().err
    assert main(["show"]) == 0
    assert "4 chạy được" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "repo"
    shutil.copytree(RULES / "dns", source)
    for words in (["init", "-q"], ["add", "-A"], ["-c", "user.email=a@example", "-c", "user.name=a", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(source), *words], check=True)
    assert main(["update", source.as_uri()]) == 0
    assert "commit         : " in capsys.readouterr().out
