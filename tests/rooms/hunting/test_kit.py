"""The field kit: made, run offline as a person would, its bundle brought back; one that was changed leaves nothing."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from luytre.core.refusal import Refusal
from luytre.rooms.hunting import actions
from luytre.rooms.hunting.models import Lead, Upload
from luytre.site.commands import kit as command

from .logs import HOSTS, all_days, events
from .test_hunting import NOW, ran, started

pytestmark = pytest.mark.django_db
CALLED = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}


@pytest.fixture
def bundle(little: None, tmp_path: Path) -> Path:
    """A kit for a hunt, run over logs of three hosts, without anything of this installation in reach."""
    hunt, out = started(), tmp_path / "usb"
    assert command._make(out, hunt.code) == 0
    for host in HOSTS:
        (out / "nhat-ky" / host).mkdir(parents=True)
        (out / "nhat-ky" / host / "sysmon.json").write_bytes(events(host, all_days(), bad=host == "WEB-01"))
    done = subprocess.run(["sh", "san-lung.sh"], cwd=out, env=CALLED, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr  # something was found
    assert "vssadmin" in (out / "findings.jsonl").read_text()
    assert (out / "ketqua.html").stat().st_size > 1000
    return next(out.glob("goi-*.zip"))


def test_the_bundle_comes_back_as_the_hunts_logs(bundle: Path) -> None:
    hunt, taken = actions.take_bundle(by="person:can-bo", at=NOW, file=bundle)
    assert [one.name for one in taken] == ["AD-01_sysmon.json", "DB-01_sysmon.json", "WEB-01_sysmon.json"]
    run = ran(hunt)
    assert (run.events, Lead.objects.get(run=run).host) == (9, "WEB-01.xa.local")
    again = actions.take_bundle(by="person:can-bo", at=NOW, file=bundle)[1]
    assert [one.pk for one in again] == [one.pk for one in taken]


def test_a_changed_bundle_leaves_nothing(bundle: Path, tmp_path: Path) -> None:
    for number, change in enumerate((_other_log, _other_manifest, _one_more, _one_less)):
        forged = tmp_path / f"gia-{number}.zip"
        with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(forged, "w") as new:
            change(old, new)
        with pytest.raises(Refusal):
            actions.take_bundle(by="person:can-bo", at=NOW, file=forged)
    with pytest.raises(Refusal):
        actions.take_bundle(by="person:can-bo", at=NOW, file=Path(__file__))
    assert not Upload.objects.exists()


def _copy(old: zipfile.ZipFile, new: zipfile.ZipFile, swap: dict[str, bytes | None]) -> None:
    for name in old.namelist():
        content = swap.get(name, old.read(name))
        if content is not None:
            new.writestr(name, content)


def _log(old: zipfile.ZipFile) -> str:
    return next(name for name in old.namelist() if name.startswith("logs/"))


def _other_log(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    _copy(old, new, {_log(old): events("KHAC", all_days())})


def _other_manifest(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    _copy(old, new, {"manifest.json": old.read("manifest.json").replace(b'"exit":1', b'"exit":0')})


def _one_more(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    _copy(old, new, {})
    new.writestr("logs/../../them.json", b"{}")


def _one_less(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    _copy(old, new, {_log(old): None})


def test_nobody_of_another_body_brings_it_in(bundle: Path) -> None:
    with pytest.raises(Refusal):
        actions.take_bundle(by="person:xa-a", at=NOW, file=bundle)
    assert not Upload.objects.exists()


def test_the_shell_collector_is_well_formed() -> None:
    place = Path(command.__file__).parents[1] / "kit"
    for name in ("thu-thap.sh", "san-lung.sh"):
        assert subprocess.run(["sh", "-n", str(place / name)], check=False).returncode == 0
    assert b"\r" not in (place / "thu-thap.sh").read_bytes()
