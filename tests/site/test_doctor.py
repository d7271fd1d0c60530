"""The doctor: each check with a state that fails it and one that passes it; the command, its exit and its JSON."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from luytre import journal
from luytre.core.law import home
from luytre.core.law.load import load
from luytre.journal import clamav, vault
from luytre.journal.models import Entry
from luytre.register.models import Account
from luytre.rooms.duties import queries
from luytre.rooms.duties.models import Projection
from luytre.rooms.duties.projection import store
from luytre.site import doctor
from luytre.site.doctor import running
from luytre.site.jobs import beat
from luytre.site.models import JobRun
from luytre.site.seeding.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")]
NOW = timezone.now()
CHECKS = {check.code: check for check in doctor.CHECKS}


def seen(code: str, now: datetime = NOW) -> str | None:
    return CHECKS[code].look(now)


# what a setting must not be, and what it may be
SETTINGS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("debug", {"DEBUG": True}, {"DEBUG": False}),
    ("today", {"LUYTRE_TODAY": "2026-11-22", "LUYTRE_MARK": ""}, {"LUYTRE_TODAY": "", "LUYTRE_MARK": ""}),
    ("hosts", {"ALLOWED_HOSTS": ["*"]}, {"ALLOWED_HOSTS": ["luytre.example.vn"]}),
    (
        "https",
        {"SECURE_SSL_REDIRECT": True, "SESSION_COOKIE_SECURE": False, "CSRF_COOKIE_SECURE": True},
        {"SECURE_SSL_REDIRECT": True, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True},
    ),
    (
        "proxies",
        {"SECURE_SSL_REDIRECT": True, "LUYTRE_PROXIES": ()},
        {"SECURE_SSL_REDIRECT": True, "LUYTRE_PROXIES": (ip_network("10.0.0.1"),)},
    ),
    ("mfa", {"LUYTRE_MFA": "off"}, {"LUYTRE_MFA": "roles"}),
    ("staff-networks", {"LUYTRE_STAFF_NETWORKS": ()}, {"LUYTRE_STAFF_NETWORKS": (ip_network("10.0.0.0/8"),)}),
    ("staff-networks", {"LUYTRE_STAFF_NETWORKS": (ip_network("0.0.0.0/0"),)}, {"LUYTRE_STAFF_NETWORKS": (ip_network("2001:db8::/32"),)}),
    ("fresh", {"LUYTRE_FRESH_MINUTES": 0}, {"LUYTRE_FRESH_MINUTES": 10}),
    ("out-http", {"LUYTRE_OUT_HTTP": True}, {"LUYTRE_OUT_HTTP": False}),
    ("mail", {"LUYTRE_SMTP": "", "LUYTRE_MAIL_FOLDER": ""}, {"LUYTRE_SMTP": "smtps://thu.example", "LUYTRE_MAIL_FROM": "a@tinh.example"}),
    ("mail", {"LUYTRE_SMTP": "", "LUYTRE_MAIL_FOLDER": "/x", "LUYTRE_MARK": ""}, {"LUYTRE_MAIL_FOLDER": "/x", "LUYTRE_MARK": "MẪU"}),
    ("mail-tls", {"LUYTRE_SMTP": "smtp://thu.example:25"}, {"LUYTRE_SMTP": "smtp://thu.example:587?tls=start"}),
    ("sms", {"LUYTRE_SMS_URL": ""}, {"LUYTRE_SMS_URL": "https://sms.example/"}),
]


@pytest.mark.parametrize(("code", "wrong", "right"), SETTINGS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_setting(code: str, wrong: dict[str, Any], right: dict[str, Any], settings: Any) -> None:
    for name, value in wrong.items():
        setattr(settings, name, value)
    assert seen(code) is not None
    for name, value in right.items():
        setattr(settings, name, value)
    assert seen(code) is None


def test_the_secret_key(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    for weak in ("ngắn", "a" * 60, "ab" * 40):
        settings.SECRET_KEY = weak
        assert seen("secret-key")
    settings.SECRET_KEY = "".join(chr(97 + n % 26) for n in range(50))
    assert seen("secret-key") is None
    kept = tmp_path / "secret.key"
    kept.write_text(settings.SECRET_KEY)
    kept.chmod(0o644)
    assert "0644" in (seen("secret-key") or "")
    kept.chmod(0o600)
    assert seen("secret-key") is None


def test_the_journals_key(settings: Any, tmp_path: Path) -> None:
    settings.LUYTRE_JOURNAL_KEY = tmp_path / "journal.key"
    assert seen("journal-key")
    settings.LUYTRE_JOURNAL_KEY.touch(mode=0o640)
    settings.LUYTRE_JOURNAL_KEY.chmod(0o640)
    assert "0640" in (seen("journal-key") or "")
    settings.LUYTRE_JOURNAL_KEY.chmod(0o600)
    assert seen("journal-key") is None


def test_the_key_that_seals_files(settings: Any, tmp_path: Path) -> None:
    settings.LUYTRE_FILES_KEY = str(tmp_path / "files.key")
    assert seen("files-key")
    vault.ready()
    assert seen("files-key") is None
    (tmp_path / "files.key").chmod(0o644)
    assert "0644" in (seen("files-key") or "")


def test_a_scanner_that_answers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LUYTRE_CLAMAV = ""
    assert seen("scanner") == "LUYTRE_CLAMAV"
    settings.LUYTRE_CLAMAV = "tcp://127.0.0.1:1"
    assert "tcp://127.0.0.1:1" in (seen("scanner") or "")
    monkeypatch.setattr(clamav, "_asked", lambda content: "stream: OK")
    assert seen("scanner") is None


def test_the_data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o755)
    assert seen("data-folder")
    tmp_path.chmod(0o700)
    assert seen("data-folder") is None


def test_the_way_to_the_database(settings: Any) -> None:
    far = {"ENGINE": "django.db.backends.postgresql", "HOST": "db.example", "OPTIONS": {}}
    settings.DATABASES = {"default": far}
    assert seen("database-tls")
    settings.DATABASES = {"default": {**far, "OPTIONS": {"sslmode": "verify-full"}}}
    assert seen("database-tls") is None
    settings.DATABASES = {"default": {**far, "HOST": "127.0.0.1"}}
    assert seen("database-tls") is None


def test_real_people_in_a_demonstration(settings: Any) -> None:
    settings.LUYTRE_MARK = "MẪU"
    Account.objects.open("chu-tich", "x")
    assert seen("mark") is None
    Account.objects.open("ngoai-vai", "x")
    assert seen("mark")
    settings.LUYTRE_MARK = ""
    assert seen("mark") is None


def test_sample_people_in_a_real_installation(settings: Any) -> None:
    settings.LUYTRE_MARK = ""
    account = Account.objects.open("chu-tich", PASSWORD)
    assert seen("sample-accounts") == "chu-tich"
    account.set_password("một mật khẩu khác hẳn")
    account.save()
    assert seen("sample-accounts") is None


def test_pending_migrations() -> None:
    assert seen("migrations") is None
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'doors'")
    assert "doors.0001_initial" in (seen("migrations") or "")


def test_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen("clock", timezone.now()) is None
    monkeypatch.setattr(running, "_database_clock", lambda: timezone.now() - timedelta(seconds=30))
    assert seen("clock", timezone.now())


def test_an_entry_from_the_future() -> None:
    Entry.objects.create(verb="principles.taught", by="console", at=NOW + timedelta(hours=3), on=date(2026, 1, 1), detail={})
    assert seen("clock")


def test_the_chain() -> None:
    assert seen("chain") is None
    Entry.objects.create(verb="principles.taught", by="console", at=NOW - timedelta(minutes=5), on=date(2026, 1, 1), detail={})
    assert seen("chain")


def test_the_jobs() -> None:
    assert seen("jobs")
    beat(NOW - timedelta(minutes=5))
    assert seen("jobs") is None
    run = JobRun.objects.create(job="reminders", slot="x", started_at=NOW - timedelta(hours=2), fault="OSError")
    assert seen("jobs") == "reminders: OSError"
    run.delete()
    beat(NOW - timedelta(minutes=40))
    assert seen("jobs")


def test_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    for total, free, well in ((100, 50, True), (100, 1, False), (1000, 40, False), (1000, 60, True)):
        space = SimpleNamespace(total=total * 1024**3, free=free * 1024**3)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, space=space: space)
        assert (seen("disk") is None) is well


def test_many_writers_on_sqlite(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MANY_WRITERS", 1)
    settings.DATABASES = {"default": {**settings.DATABASES["default"], "ENGINE": "django.db.backends.sqlite3"}}
    Account.objects.open("mot", "x")
    assert seen("sqlite") is None
    Account.objects.open("hai", "x")
    assert seen("sqlite")
    settings.DATABASES = {"default": {**settings.DATABASES["default"], "ENGINE": "django.db.backends.postgresql"}}
    assert seen("sqlite") is None


def test_the_board() -> None:
    assert seen("board")
    built = {"base": 1, "stamp": 1, "turn": 1, "law": queries.law().digest, "entry": journal.queries.last_seq()}
    Projection.objects.update_or_create(pk=1, defaults={**built, "until": date(NOW.year + store.YEARS_AHEAD, 12, 31)})
    assert seen("board") is None
    Projection.objects.filter(pk=1).update(law="khác")
    assert seen("board")


def test_the_law() -> None:
    newest = max(max(one.signed, one.from_on) for one in load(home()).instruments.values())
    after = datetime(newest.year, newest.month, newest.day, tzinfo=UTC)
    assert seen("law", after + timedelta(days=300)) is None
    assert seen("law", after + timedelta(days=400))


def test_what_cannot_be_looked_at_is_refused() -> None:
    def broken(now: datetime) -> str | None:
        raise OSError("hỏng")

    check = doctor.Check("x", doctor.WARNING, broken, "", "", "", "")
    found = doctor.looked(check, NOW)
    assert found
    assert found.level == doctor.REFUSED


def test_every_check_is_tried_here_and_speaks_both_languages() -> None:
    text = Path(__file__).read_text()
    for check in doctor.CHECKS:
        assert f'"{check.code}"' in text, f"no test of {check.code}"
        assert all((check.vi, check.en, check.do_vi, check.do_en))


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUYTRE_", "DJANGO_SETTINGS"))}
        return subprocess.run(
            [sys.executable, "-m", "luytre.cli", *words, "--data", str(tmp_path / "d")],
            env={**kept, **more}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return call


SAFE = {
    "LUYTRE_HOSTS": "luytre.example.vn",
    "LUYTRE_HTTPS": "1",
    "LUYTRE_PROXIES": "10.0.0.1",
    "LUYTRE_STAFF_NETWORKS": "10.0.0.0/8",
    "LUYTRE_SMTP": "smtps://thu.example",
    "LUYTRE_MAIL_FROM": "luytre@tinh.example",
    "LUYTRE_REMIND_AT": "00:00",
    "LUYTRE_QUIET_HOURS": "",
}


def test_a_new_installation_is_refused_and_a_safe_one_is_not(run: Run, tmp_path: Path) -> None:
    assert run("migrate", **SAFE).returncode == 0
    bare = run("doctor", "--json")
    assert bare.returncode == 1, bare.stderr
    said = json.loads(bare.stdout)
    assert said["safe"] is False
    codes = {one["code"] for one in said["findings"] if one["level"] == "refused"}
    assert {"https", "staff-networks", "mail", "jobs"} <= codes
    assert run("jobs", "--once", **SAFE).returncode == 0
    safe = run("doctor", **{**SAFE, "LUYTRE_DIGEST_DAYS": "all"})
    assert safe.returncode == 0, safe.stdout
    assert "0 không được / refused" in safe.stdout
    (tmp_path / "d" / "journal.key").chmod(0o644)
    open_key = run("doctor", **SAFE)
    assert open_key.returncode == 1
    assert "chmod 600 journal.key" in open_key.stdout
