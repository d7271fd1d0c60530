"""What everybody has is known as such: by our own short list, then by the MISP warning lists; everything else by none."""

import subprocess
import sys

import pytest

from luytre.rooms.incidents.rules import known_good
from luytre.rooms.incidents.rules.known_good import LISTS, name_of

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("ip", "40.92.0.5"), ("domain", "login.microsoftonline.com"), ("hash", EMPTY), ("url", "https://bit.ly/x"), ("ip", "224.0.0.251")],
)
def test_what_everybody_has(kind: str, value: str) -> None:
    assert name_of(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("ip", "103.1.2.3"),
        ("domain", "tre-lua-dao.vn"),
        ("hash", "ab" * 32),
        ("cve", "CVE-2024-3094"),
        ("ip", "không phải"),
        ("url", "x:/"),
    ],
)
def test_what_not_everybody_has(kind: str, value: str) -> None:
    assert name_of(kind, value) == ""


def test_the_lists_named_are_there_and_no_list_hides_clouds_or_rankings() -> None:
    assert len(known_good._misp()) == len(LISTS)
    assert not {"tranco", "alexa", "amazon-aws", "microsoft-azure", "google-gcp", "cloudflare"} & set(LISTS)


def test_the_lists_cost_little_memory() -> None:
    """VmHWM, not ru_maxrss: that one keeps the peak of the process this one was split from."""
    code = "from luytre.rooms.incidents.rules.known_good import name_of; name_of('ip', '103.1.2.3')"
    code += "; print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 10 * 1024 < int(done.stdout) < 150 * 1024
