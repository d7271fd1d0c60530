"""The bundle and the one file that checks it: whole when untouched, every tampering names its record, nothing of the house is used."""

import io
import json
import random
import subprocess
import sys
import tarfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import bundle, heads, standalone, store
from luytre.journal.models import Entry, SignedHead
from luytre.site.commands import journal as command

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
DAY = date(2026, 11, 19)
VERIFIER = Path(standalone.__file__)


@pytest.fixture
def written(tmp_path: Path, settings: Any) -> list[Entry]:
    """Twelve entries: the fourth with an aside, the fifth with one that was erased, the sixth with a file; a head over the tenth."""
    settings.MEDIA_ROOT, settings.DATA_DIR, settings.LUYTRE_JOURNAL_KEY = tmp_path / "files", tmp_path, tmp_path / "journal.key"
    made = [_entry(number) for number in range(1, 10)]
    made.append(journal.erase_aside(by="console", at=AT, entry=made[4], order="7/CV"))
    heads.sign(AT)
    return [*made, _entry(11), _entry(12)]


def _entry(number: int) -> Entry:
    return journal.record(
        by="console",
        at=AT,
        verb="plan.submitted",
        about=[f"org:don-vi-{number % 2}"],
        on=DAY,
        detail={"number": f"{number}/KH"},
        aside={"note": "Bà Măng, 0237 000 000"} if number in (4, 5) else None,
        attachments=[journal.Upload("kế hoạch.pdf", "application/pdf", b"%PDF-1.7 ke hoach")] if number == 6 else (),
    )


@pytest.fixture
def packed(written: list[Entry], tmp_path: Path) -> Path:
    bundle.write(tmp_path / "goi.tar", bundle.Wanted())
    return tmp_path / "goi.tar"


def check(place: Path, *more: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = standalone.main([str(place), *more])
    return code, capsys.readouterr().out


def rewrite(packed: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The bundle with one of its parts changed."""
    changed = packed.with_name("changed.tar")
    with tarfile.open(packed) as old, tarfile.open(changed, "w") as new:
        for member in old.getmembers():
            file = old.extractfile(member)
            content = file.read() if file else b""
            content = change(content) if member.name == name else content
            about = tarfile.TarInfo(member.name)
            about.size = len(content)
            new.addfile(about, io.BytesIO(content))
    return changed


def lines(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        rows = [json.loads(line) for line in content.splitlines()]
        change(rows)
        return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

    return changed


def test_an_untouched_bundle_is_whole(packed: Path, written: list[Entry], capsys: pytest.CaptureFixture[str]) -> None:
    code, said = check(packed, capsys=capsys)
    assert code == 0, said
    assert "NGUYÊN VẸN / WHOLE: 12 ghi nhận" in said
    assert f"record {written[4].pk}: đã xóa theo yêu cầu, số / erased on request, No. 7/CV" in said
    assert "sau vị trí 10 chưa có mốc đã ký" in said


def test_it_is_checked_by_one_file_and_nothing_else(packed: Path, tmp_path: Path) -> None:
    """Alone in an empty folder, with an isolated interpreter that sees no package of this house."""
    alone = tmp_path / "alone"
    alone.mkdir()
    with tarfile.open(packed) as tar:
        (alone / "verify.py").write_bytes(tar.extractfile("verify.py").read())  # type: ignore[union-attr]
    done = subprocess.run([sys.executable, "-I", "-S", "verify.py", str(packed)], cwd=alone, capture_output=True, text=True, check=False)
    assert (done.returncode, "WHOLE" in done.stdout) == (0, True), done.stdout + done.stderr
    source = VERIFIER.read_text()
    assert len(source.splitlines()) < 300
    assert "luytre." not in source.replace("luytre-", "").split('"""', 2)[2]


def test_the_command_checks_a_bundle_or_an_unpacked_folder(packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["verify", str(packed)]) == 0
    with tarfile.open(packed) as tar:
        tar.extractall(tmp_path / "folder", filter="data")
    assert command.main(["verify", str(tmp_path / "folder")]) == 0
    assert capsys.readouterr().out.count("WHOLE") == 2
    assert command.main(["verify", str(tmp_path / "khong-co.tar")]) == 2


@pytest.mark.parametrize("field", ["verb", "by", "at", "on", "detail", "about", "filed", "retracts", "aside"])
def test_any_field_of_a_record_changed(field: str, packed: Path, written: list[Entry], capsys: pytest.CaptureFixture[str]) -> None:
    other = {"detail": {"number": "8/KH"}, "about": ["org:khac"], "filed": True, "retracts": 1}

    def change(rows: list[dict[str, Any]]) -> None:
        rows[2]["said"][field] = other.get(field, "khac")

    code, said = check(rewrite(packed, "entries.jsonl", lines(change)), capsys=capsys)
    assert code == 1
    assert f"record {written[2].pk} · vị trí / place 3: nội dung đã bị sửa" in said
    assert said.count("BROKEN") == 1


def test_a_row_dropped_at_the_beginning_in_the_middle_at_the_end(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (1, 7, 12):
        code, said = check(rewrite(packed, "entries.jsonl", lines(lambda rows, at=place - 1: rows.pop(at))), capsys=capsys)  # type: ignore[misc]
        assert (code, f"place {place}: thiếu ghi nhận" in said, said.count("BROKEN")) == (1, True, 1), said


def test_two_rows_swapped(packed: Path, written: list[Entry], capsys: pytest.CaptureFixture[str]) -> None:
    def swap(rows: list[dict[str, Any]]) -> None:
        rows[2], rows[6] = rows[6], rows[2]

    code, said = check(rewrite(packed, "entries.jsonl", lines(swap)), capsys=capsys)
    assert (code, said.count("BROKEN")) == (1, 2)
    assert f"record {written[6].pk} · vị trí / place 7: đứng ở dòng của vị trí 3" in said

    def with_places(rows: list[dict[str, Any]]) -> None:
        swap(rows)
        rows[2]["seq"], rows[6]["seq"] = 3, 7

    code, said = check(rewrite(packed, "entries.jsonl", lines(with_places)), capsys=capsys)
    assert (code, f"record {written[6].pk} · vị trí / place 3: vị trí trong chuỗi đã bị sửa" in said) == (1, True)


def test_a_byte_flipped_in_a_file_or_its_loss_names_the_record(
    packed: Path, written: list[Entry], capsys: pytest.CaptureFixture[str]
) -> None:
    with tarfile.open(packed) as tar:
        (name,) = [one for one in tar.getnames() if one.startswith("files/")]
    code, said = check(rewrite(packed, name, lambda content: content.replace(b"1.7", b"1.8")), capsys=capsys)
    assert (code, f"record {written[5].pk} · vị trí / place 6: tệp đã bị sửa" in said) == (1, True)
    store.path(name.removeprefix("files/")).unlink()
    bundle.write(packed.with_name("without.tar"), bundle.Wanted())
    code, said = check(packed.with_name("without.tar"), capsys=capsys)
    assert (code, f"record {written[5].pk} · vị trí / place 6: thiếu tệp" in said) == (1, True)


def test_private_parts_changed_taken_away_or_erased_without_an_order(
    packed: Path, written: list[Entry], capsys: pytest.CaptureFixture[str]
) -> None:
    changes = {
        "phần riêng đã bị sửa": lambda rows: rows[3]["aside"]["text"].update(note="khác"),
        "thiếu phần riêng": lambda rows: rows[3].update(aside=None),
        "không có lệnh xóa": lambda rows: rows[3].update(aside={"erased": written[9].pk}),
    }
    for words, change in changes.items():
        code, said = check(rewrite(packed, "entries.jsonl", lines(change)), capsys=capsys)  # type: ignore[arg-type]
        assert (code, f"record {written[3].pk} · vị trí / place 4" in said, words in said) == (1, True, True), said


def test_a_content_under_another_name_is_no_record_left_out(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = check(rewrite(packed, "entries.jsonl", lambda content: content.replace(b'"said":', b'"raid":', 1)), capsys=capsys)
    assert (code, "nội dung đã bị sửa" in said) == (1, True), said


def test_any_byte_of_the_records_heads_or_manifest(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two hundred bytes drawn by seeded chance: none may be flipped unseen."""
    chance = random.Random(13)
    with tarfile.open(packed) as tar:
        parts = {name: tar.extractfile(name).read() for name in ("manifest.json", "heads.jsonl", "entries.jsonl")}  # type: ignore[union-attr]
    for name in chance.choices(list(parts), weights=[1, 2, 7], k=200):
        at = chance.randrange(len(parts[name]))
        bit = 1 << chance.randrange(8)
        flipped = parts[name][:at] + bytes([parts[name][at] ^ bit]) + parts[name][at + 1 :]
        if _same(parts[name], flipped):  # a blank, or "null" spelt otherwise: says the same
            continue
        code, said = check(rewrite(packed, name, lambda _content, new=flipped: new), capsys=capsys)  # type: ignore[misc]
        assert code in (1, 2), (name, at, bit, said)


def _same(before: bytes, after: bytes) -> bool:
    try:
        return [json.loads(line) for line in before.splitlines()] == [json.loads(line) for line in after.splitlines()]
    except ValueError:
        return False


def test_a_chain_written_anew_differs_from_the_head_printed_before(
    written: list[Entry], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = SignedHead.objects.get()
    (tmp_path / "moc.txt").write_text(heads.printed(head))
    bundle.write(tmp_path / "goi.tar", bundle.Wanted())
    assert check(tmp_path / "goi.tar", "--head", str(tmp_path / "moc.txt"), capsys=capsys)[0] == 0
    rewritten = tmp_path / "khac.tar"
    _forge(tmp_path / "goi.tar", rewritten)
    code, said = check(rewritten, capsys=capsys)
    assert code == 0, said  # by itself the forgery is whole: new records, new links, a head signed with a new key
    code, said = check(rewritten, "--head", str(tmp_path / "moc.txt"), capsys=capsys)
    assert (code, "place 10: mốc đã in / the printed head: chuỗi khác" in said) == (1, True)
    assert check(rewritten, "--key", head.key, capsys=capsys)[0] == 1
    assert check(rewritten, "--anchor", f"10:{head.link}", capsys=capsys)[0] == 1
    (tmp_path / "moc.txt").write_text(heads.printed(head).replace("seq: 10", "seq: 11"))
    assert "chữ ký không đúng" in check(tmp_path / "goi.tar", "--head", str(tmp_path / "moc.txt"), capsys=capsys)[1]


def _forge(packed: Path, target: Path) -> None:
    """Everything written anew by someone with the database but without the key."""

    def anew(content: bytes) -> bytes:
        rows, link = [json.loads(line) for line in content.splitlines()], ""
        rows[1]["said"]["detail"] = {"number": "999/KH"}
        for row in rows:
            row["digest"] = standalone.sha256(standalone.canonical(row["said"]))
            link = standalone.sha256(link.encode(), str(row["seq"]).encode(), str(row["id"]).encode(), row["digest"].encode())
            row["link"] = link
        forged["link"] = rows[9]["link"]
        return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

    def signed(content: bytes) -> bytes:
        key, head = Ed25519PrivateKey.generate(), json.loads(content)
        head.update(link=forged["link"], key=key.public_key().public_bytes_raw().hex())
        head["signature"] = key.sign(standalone.head_text(head).encode()).hex()
        return json.dumps(head).encode() + b"\n"

    forged: dict[str, str] = {}
    rewrite(rewrite(packed, "entries.jsonl", anew).rename(packed.with_name("half.tar")), "heads.jsonl", signed).rename(target)


def test_a_bundle_for_one_body_shows_nothing_of_others(written: list[Entry], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle.write(tmp_path / "mot.tar", bundle.Wanted(about={"org:don-vi-1"}))
    code, said = check(tmp_path / "mot.tar", capsys=capsys)
    assert (code, "12 ghi nhận" in said) == (0, True), said
    with tarfile.open(tmp_path / "mot.tar") as tar:
        content = tar.extractfile("entries.jsonl").read().decode()  # type: ignore[union-attr]
        assert not [name for name in tar.getnames() if name.startswith("files/")]
    assert "don-vi-0" not in content
    assert "2/KH" not in content.replace("12/KH", "")
    assert "1/KH" in content


def test_a_bundle_without_private_parts_and_files(written: list[Entry], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle.write(tmp_path / "goi.tar", bundle.Wanted(files=False, asides=False, first=3))
    code, said = check(tmp_path / "goi.tar", capsys=capsys)
    assert (code, "10 ghi nhận" in said, "không kèm tệp hoặc phần riêng" in said) == (0, True, True), said
    assert "Măng" not in (tmp_path / "goi.tar").read_bytes().decode(errors="replace")
    with pytest.raises(Refusal):
        bundle.write(tmp_path / "xa.tar", bundle.Wanted(first=99))


# -- heads and their key --


def test_the_head_is_signed_once_a_day_and_holds(written: list[Entry]) -> None:
    first = SignedHead.objects.get()
    assert heads.sign_daily(AT + timedelta(hours=1)) == first
    second = heads.sign_daily(AT + timedelta(days=1))
    assert second is not None
    assert (second.seq, heads.sign(AT + timedelta(days=1))) == (12, second)
    assert standalone.is_signed(
        bytes.fromhex(second.key), standalone.head_text(heads.plain(second)).encode(), bytes.fromhex(second.signature)
    )


def test_the_key_is_for_its_owner_only(tmp_path: Path) -> None:
    with override_settings(LUYTRE_JOURNAL_KEY=tmp_path / "keys" / "journal.key"):
        key = heads.private_key()
        place = tmp_path / "keys" / "journal.key"
        assert place.stat().st_mode & 0o777 == 0o600
        assert heads.private_key().private_bytes_raw() == key.private_bytes_raw()
        assert [file.name for file in place.parent.iterdir()] == ["journal.key"]
        place.chmod(0o640)
        with pytest.raises(Refusal, match="chmod 600"):
            heads.private_key()


def test_signatures_agree_with_the_library(tmp_path: Path) -> None:
    """RFC 8032 by hand against OpenSSL: right ones hold; a bit of key, text or signature flipped does not, nor does s + L."""
    chance = random.Random(8032)
    for number in range(12):
        key, text = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32)), chance.randbytes(number * 7)
        public, signature = key.public_key().public_bytes_raw(), key.sign(text)
        assert standalone.is_signed(public, text, signature)
        for octets in (
            [public, text + b".", signature],
            [public, text, flipped(signature, chance)],
            [flipped(public, chance), text, signature],
        ):
            assert not standalone.is_signed(*octets)
        s = int.from_bytes(signature[32:], "little") + standalone.ORDER
        assert not standalone.is_signed(public, text, signature[:32] + s.to_bytes(32, "little"))
    assert not standalone.is_signed(b"", b"", b"")


def flipped(octets: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(octets))
    return octets[:at] + bytes([octets[at] ^ 1 << chance.randrange(8)]) + octets[at + 1 :]
