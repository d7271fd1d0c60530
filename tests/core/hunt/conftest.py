"""Where the hunt's large test data lies; tests that need it skip where it is not there."""

import os
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def shared() -> Path:
    return Path(os.environ.get("LUYTRE_SHARED") or ROOT.parent / "shared") / "data" / "hunt"


@pytest.fixture(scope="session")
def hunt_data() -> Path:
    if not (shared() / "sigma_rules.zip").is_file():
        pytest.skip("data of ../shared/data/hunt is not there (LUYTRE_SHARED)")
    return shared()


@pytest.fixture(scope="session")
def unpacked(hunt_data: Path, tmp_path_factory: pytest.TempPathFactory):
    """A set of the test data by name, unpacked."""

    def unpack(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        with zipfile.ZipFile(hunt_data / f"{name}.zip") as archive:
            archive.extractall(folder)
        return folder

    return unpack


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
