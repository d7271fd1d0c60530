"""luytre rules: takes a Sigma rule set from a folder, a zip or a git address, tries it, and keeps it for `luytre hunt --rules updated`."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

from luytre.core.hunt.load import RuleSet, Unreadable, kept_rules, load
from luytre.core.hunt.rulefiles import files_of
from luytre.post import outgoing
from luytre.site import env

GIT = re.compile(r"(?:https://|ssh://|file://|git@)[^\s]+\Z")
CLOSED = (
    "protocol.allow=never",
    "protocol.https.allow=always",
    "protocol.ssh.allow=always",
    "protocol.file.allow=always",
    "http.followRedirects=false",
)
HOST = re.compile(r"[A-Za-z0-9:][A-Za-z0-9.:-]*\Z")
TIMEOUT = 900  # seconds for a clone


def main(argv: list[str] | None = None) -> int:
    """`rules update SOURCE`, `rules show`. Returns the exit code."""
    it = argparse.ArgumentParser(prog="luytre rules", description="Cập nhật bộ luật săn lùng / Update the hunting rules")
    ways = it.add_subparsers(dest="way", required=True)
    update = ways.add_parser("update", help="lấy bộ luật mới từ thư mục, tệp .zip hoặc địa chỉ git")
    update.add_argument("source", metavar="FOLDER|ZIP|GIT-URL")
    ways.add_parser("show", help="bộ luật đang giữ, mã băm và tuổi")
    options = it.parse_args(argv)
    try:
        return _update(options.source) if options.way == "update" else _show()
    except Unreadable as fault:
        sys.stderr.write(f"luytre rules: {fault}\n")
        return 2


def _update(source: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        where, commit = _fetched(source, Path(folder))
        rules = load(where)
        if not rules.rules:
            raise Unreadable(f"{source}: không có luật nào chạy được; bộ luật cũ được giữ nguyên")
        draft = Path(folder) / "rules.zip"
        _pack(where, draft)
        _put(draft, {"source": source, "commit": commit, "digest": rules.digest, "rules": len(rules.rules), "taken": int(time.time())})
    sys.stdout.write(_said(load(kept_rules()), commit))
    for problem in [problem for problem in rules.problems if problem.code == "broken"][:20]:
        sys.stderr.write(f"không đọc được {problem.file}: {problem.why}\n")
    return 0


def _fetched(source: str, folder: Path) -> tuple[Path, str]:
    """Where the rules lie, and the commit they come from."""
    if Path(source).exists():
        return Path(source), ""
    if not GIT.match(source):
        raise Unreadable(f"{source}: không phải thư mục, tệp .zip có sẵn hay địa chỉ git (https://, ssh://, file://)")
    git = shutil.which("git")
    if git is None:
        raise Unreadable("máy không có git: hãy tải bộ luật dạng .zip rồi dùng luytre rules update TỆP.zip")
    target = folder / "clone"
    options, more = _pinned(source)
    command = [git, *options, "clone", "--quiet", "--depth", "1", "--no-tags", "--", source, str(target)]
    settings = {**os.environ, "GIT_TERMINAL_PROMPT": "0", **more}
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT, env=settings)  # noqa: S603  fixed words, no shell
        done = subprocess.run([git, "-C", str(target), "rev-parse", "HEAD"], check=True, capture_output=True, text=True)  # noqa: S603
    except subprocess.CalledProcessError as fault:
        raise Unreadable(f"git không lấy được {source}: {fault.stderr.strip()[:300]}") from fault
    except subprocess.TimeoutExpired as fault:
        raise Unreadable(f"git không xong trong {TIMEOUT} giây: {source}") from fault
    return target, done.stdout.strip()


def _pinned(source: str) -> tuple[list[str], dict[str, str]]:
    """Options and environment by which git goes to the address that was looked at, by known ways only, and follows no redirect."""
    options = [word for line in CLOSED for word in ("-c", line)]
    host, port = _host(source)
    if not host:
        return options, {}
    try:
        address = str(outgoing.Rules(env.networks("LUYTRE_OUT_NETWORKS")).resolved(host, port)[0])
    except (outgoing.Refused, OSError) as fault:
        raise Unreadable(f"{source}: {fault}") from fault
    at = f"[{address}]" if ":" in address else address
    ssh = f"ssh -o HostName={address} -o HostKeyAlias={host} -o StrictHostKeyChecking=yes"
    return [*options, "-c", f"http.curloptResolve={host}:{port}:{at}", "-c", "http.proxy="], {"GIT_SSH_COMMAND": ssh}


def _host(source: str) -> tuple[str, int]:
    """The machine an address of git names; none for a folder (file://)."""
    if source.startswith("git@"):
        host, port = source[4:].partition(":")[0], 22
    else:
        parts = urlsplit(source)
        host, port = parts.hostname or "", parts.port or (22 if parts.scheme == "ssh" else 443)
    if host and not HOST.match(host):
        raise Unreadable(f"{source}: tên máy không đúng / not a host")
    return ("", 0) if source.startswith("file://") else (host, port)


def _pack(where: Path, target: Path) -> None:
    """Rules are kept zipped: scanners against malware delete rule files that lie open."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files_of(where):
            if file.data:
                archive.writestr(file.name, file.data)
        if where.is_dir():
            for licence in (path for path in where.iterdir() if path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))):
                archive.write(licence, licence.name)


def _put(draft: Path, facts: dict[str, object]) -> None:
    kept = kept_rules()
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = kept.with_suffix(".new")
    shutil.copyfile(draft, waiting)
    waiting.replace(kept)
    kept.with_suffix(".json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def _show() -> int:
    kept = kept_rules()
    if not kept.is_file():
        sys.stdout.write("Chưa cập nhật bộ luật nào; luytre hunt dùng luật của Lũy Tre.\n")
        sys.stdout.write(_said(load(), ""))
        return 0
    facts = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
    sys.stdout.write(_said(load(kept), str(facts.get("commit") or ""), float(facts["taken"])))
    return 0


def _said(rules: RuleSet, commit: str, taken: float | None = None) -> str:
    days = None if taken is None else int((time.time() - taken) // 86_400)
    lines = [
        f"nguồn / source : {rules.source}",
        f"luật / rules   : {len(rules.rules)} chạy được, {len(rules.problems)} có vấn đề, {rules.files} tệp",
        f"mã băm / digest: {rules.digest}",
    ]
    if commit:
        lines.append(f"commit         : {commit}")
    if days is not None:
        lines.append(f"tuổi / age     : {days} ngày" + ("; nên cập nhật" if days > 90 else ""))
    return "\n".join(lines) + "\n"
