"""What tests of the post share: SMTP servers in processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from post_office import Server


@pytest.fixture
def smtp(tmp_path: Path, settings: Any) -> Iterator[Callable[[str], Server]]:
    """Start a server of a mode and make it the installation's; the last one started counts."""
    started: list[Server] = []

    def start(mode: str = "good") -> Server:
        folder = tmp_path / f"{len(started)}-{mode}"
        folder.mkdir()
        program = [sys.executable, str(Path(__file__).with_name("smtp_server.py")), str(folder), mode]
        process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        server = Server(f"smtp://127.0.0.1:{int(process.stdout.readline())}", folder, process)
        started.append(server)
        settings.LUYTRE_SMTP, settings.LUYTRE_MAIL_FROM, settings.LUYTRE_MAIL_FOLDER = server.url, "luytre@tinh.example", ""
        return server

    yield start
    for server in started:
        server.process.communicate("")
