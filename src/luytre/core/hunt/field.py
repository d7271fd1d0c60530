"""Offline hunting from the field kit: findings and a report beside it, and one signed bundle of logs to bring back.

The bundle is a zip: manifest.json (kit, digests of every member, the engine's summary), manifest.sig (Ed25519 over its bytes), logs/….
"""

import argparse
import hashlib
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

CHUNK = 1 << 20
MOST_MANIFEST = 64 << 20


class Forged(ValueError):
    """A bundle that is not as the kit signed it; the text says what to do."""


def pack(place: Path, logs: Path, summary: dict[str, Any], made_at: datetime) -> Path:
    """Writes the bundle beside the kit; `place` holds kit.json and khoa.pem."""
    kit = orjson.loads((place / "kit.json").read_bytes())
    key = load_pem_private_key((place / "khoa.pem").read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    files = sorted(file for file in logs.rglob("*") if file.is_file() and not file.is_symlink())
    members = {f"logs/{file.relative_to(logs).as_posix()}": file for file in files}
    listed = {name: {"sha256": _digest(file), "size": file.stat().st_size} for name, file in members.items()}
    manifest = orjson.dumps({"kit": kit["kit"], "hunt": kit["hunt"], "made_at": made_at.isoformat(), "files": listed, "summary": summary})
    target = place / f"goi-{kit['hunt']}-{made_at:%Y%m%d-%H%M%S}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as out:
        out.writestr("manifest.json", manifest)
        out.writestr("manifest.sig", key.sign(manifest).hex())
        for name, file in members.items():
            out.write(file, name)
    return target


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def manifest_of(bundle: zipfile.ZipFile) -> tuple[dict[str, Any], bytes, bytes]:
    """(what the manifest says, its bytes, the signature), not yet believed. Raises Forged where they are not there or not readable."""
    try:
        if bundle.getinfo("manifest.json").file_size > MOST_MANIFEST or bundle.getinfo("manifest.sig").file_size > 1000:
            raise Forged("Gói có phần đầu quá lớn: không phải gói của bộ săn lùng.")
        said, signature = bundle.read("manifest.json"), bytes.fromhex(bundle.read("manifest.sig").decode())
        return orjson.loads(said), said, signature
    except (KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise Forged("Tệp này không phải gói của bộ săn lùng, hoặc đã hỏng. Chép lại từ ổ USB.") from fault


def verify(bundle: zipfile.ZipFile, public: bytes) -> dict[str, Any]:
    """What the manifest says, once its signature and every member's digest have been checked. Raises Forged."""
    told, said, signature = manifest_of(bundle)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, said)
    except InvalidSignature as fault:
        raise Forged("Chữ ký của gói không đúng với khóa đã cấp cho bộ này. Không nhập; báo người giữ bộ.") from fault
    names = {info.filename for info in bundle.infolist()} - {"manifest.json", "manifest.sig"}
    if names != set(told["files"]):
        raise Forged("Gói thiếu hoặc thừa tệp so với danh sách đã ký. Không nhập.")
    for name, asked in told["files"].items():
        with bundle.open(name) as stream:
            if _measured(stream, asked["size"]) != (asked["sha256"], asked["size"]):
                raise Forged(f"Tệp {name} trong gói khác với lúc đóng gói. Không nhập.")
    return dict(told)


def _measured(stream: Any, most: int) -> tuple[str, int]:
    """Digest and size; no further than one byte past what was signed."""
    sha, size = hashlib.sha256(), 0
    while size <= most and (piece := stream.read(CHUNK)):
        sha.update(piece)
        size += len(piece)
    return sha.hexdigest(), size


def main(argv: list[str] | None = None) -> int:
    """Hunts, writes findings.jsonl and ketqua.html, packs the bundle. Exit as `luytre hunt`."""
    from luytre.core.hunt.command import main as hunt

    it = argparse.ArgumentParser(prog="san-lung")
    it.add_argument("logs", type=Path)
    it.add_argument("--rules", type=Path, required=True)
    asked = it.parse_args(argv)
    place = asked.logs.resolve().parent
    found = ["--out", str(place / "findings.jsonl"), "--report", str(place / "ketqua.html"), "--timezone", "Asia/Ho_Chi_Minh"]
    code = hunt([str(asked.logs), "--rules", str(asked.rules), *found])
    summary = {"exit": code, "findings": _digest(place / "findings.jsonl")}
    sys.stdout.write(f"{pack(place, asked.logs, summary, datetime.now(UTC)).name}\n")
    return code


__all__ = ["Forged", "main", "manifest_of", "pack", "verify"]

if __name__ == "__main__":
    raise SystemExit(main())
