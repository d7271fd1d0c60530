"""The commands in bin/: on a machine that lacks something they say in plain words what, and leave nothing half-made."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

BIN = Path(__file__).parents[2] / "bin"


def machine(folder: Path, *tools: str, **scripts: str) -> Path:
    """A PATH with just these tools of the real machine and these scripts."""
    path = folder / "path"
    path.mkdir()
    for tool in tools:
        found = shutil.which(tool, path="/usr/bin:/bin")
        assert found, tool
        (path / tool).symlink_to(found)
    for name, script in scripts.items():
        (path / name).write_text(f"#!/bin/sh\n{script}\n")
        (path / name).chmod(0o755)
    return path


def run(folder: Path, path: Path, command: str = "test") -> subprocess.CompletedProcess[str]:
    project = folder / "project"
    shutil.copytree(BIN, project / "bin")
    env = {"PATH": str(path), "HOME": str(folder)}
    return subprocess.run(["/bin/sh", str(project / "bin" / command)], env=env, capture_output=True, text=True, timeout=30, check=False)


def test_without_python_it_says_what_to_install(tmp_path: Path) -> None:
    done = run(tmp_path, machine(tmp_path, "dirname", "cut"))
    assert done.returncode == 1
    assert "apt install python3 python3-venv" in done.stderr


def test_an_old_python_is_named(tmp_path: Path) -> None:
    old = 'case "$1" in -V) echo "Python 3.9.2";; *) exit 1;; esac'
    done = run(tmp_path, machine(tmp_path, "dirname", "cut", python3=old))
    assert done.returncode == 1
    assert "3.9.2" in done.stderr and "3.11" in done.stderr


def test_without_venv_it_names_the_package_and_leaves_no_half_folder(tmp_path: Path) -> None:
    broken = 'case "$*" in *venv*) mkdir -p .venv/bin; exit 1;; esac'
    done = run(tmp_path, machine(tmp_path, "dirname", "cut", "mkdir", "rm", python3=broken))
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert not (tmp_path / "project" / ".venv").exists()


@pytest.mark.parametrize(
    ("command", "starts"), [("test", "run --quiet pytest -n auto --dist loadfile"), ("demo", "run --quiet --no-dev luytre demo")]
)
def test_where_uv_is_it_is_used_and_arguments_pass_through(tmp_path: Path, command: str, starts: str) -> None:
    done = run(tmp_path, machine(tmp_path, "dirname", "cut", uv='echo "$@"'), command)
    assert done.returncode == 0
    assert done.stdout.strip() == starts


@pytest.mark.parametrize("command", sorted(path.name for path in BIN.iterdir()))
def test_every_command_is_short_and_executable(command: str) -> None:
    lines = (BIN / command).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 50
    assert command == "_env" or os.access(BIN / command, os.X_OK)
