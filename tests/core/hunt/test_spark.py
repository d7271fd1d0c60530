"""A Spark cluster of two worker JVMs finds exactly what one machine finds. Needs the extra `spark` and Java 17."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luytre.core.hunt import load, spark
from luytre.core.hunt.fast import Quick
from luytre.core.hunt.hunter import Hunter
from luytre.core.hunt.run import Hunt

SECURITY = {"Channel": "Security", "Provider_Name": "Microsoft-Windows-Security-Auditing", "Computer": "may-01"}


def spray() -> list[dict[str, Any]]:
    """One address tries many accounts within a minute: own rules see each try and, over them, the spray."""
    return [
        {
            **SECURITY,
            "EventID": 4625,
            "EventRecordID": n,
            "TimeCreated": f"2026-11-23T01:00:{n % 60:02}Z",
            "TargetUserName": f"user{n}",
            "IpAddress": "203.0.113.9",
            "LogonType": 3,
            "SubStatus": "0xc000006a",
        }
        for n in range(40)
    ] + [{**SECURITY, "EventID": 1102, "EventRecordID": 99, "TimeCreated": "2026-11-23T02:00:00Z"}]


def bare(row: dict[str, Any]) -> str:
    """A finding without line numbers, which a cluster does not count."""
    for source in (row["source"], *row.get("sources", ())):
        source["line"] = None
    return json.dumps(row, sort_keys=True)


def here(folder: Path, rules: Any) -> Counter[str]:
    lines: list[bytes] = []
    Hunt(rules, [str(folder)], workers=1, found=lambda line, _: lines.append(line)).run()
    return Counter(bare(json.loads(line)) for line in lines)


def test_rows_of_a_batch_are_those_of_a_hunt(tmp_path: Path) -> None:
    """Without Spark: what an executor does with one batch."""
    (tmp_path / "a.json").write_text("".join(json.dumps(event) + "\n" for event in spray()))
    rules = load.load()
    texts: list[bytes | None] = [json.dumps(event, indent=1).encode() for event in spray()]
    rows = list(spark.found_in(Quick(Hunter(rules)), [*texts, None, b" ", b"{broken"], ["a.json"] * (len(texts) + 3)))
    findings = Counter(bare(json.loads(body)) for kind, _, _, body in rows if kind == "finding")
    assert findings == Counter({row: n for row, n in here(tmp_path, rules).items() if '"kind": "correlation"' not in row})
    assert findings
    assert [json.loads(body) for kind, _, _, body in rows if kind == "unread"] == [{"file": "a.json", "rows": 1}]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="the extra `spark` is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java 17 is not installed (apt install openjdk-17-jre-headless)")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", str(tmp_path_factory.mktemp("spark")))
        .config("spark.executorEnv.PYTHONPATH", str(Path(load.__file__).parents[3]))
        .getOrCreate()
    )
    yield session
    session.stop()


def there(cluster: Any, folder: Path, rules: Any) -> Counter[str]:
    from pyspark.sql.functions import element_at, input_file_name, split

    lines = cluster.read.text(str(folder)).withColumn("file", element_at(split(input_file_name(), "/"), -1)).repartition(4)
    found = spark.hunt(lines, rules).cache()
    rows = [json.loads(row.body) for row in found.where("kind = 'finding'").toLocalIterator()]
    assert found.where("kind = 'unread'").count() == 0
    return Counter(bare(row) for row in [*rows, *spark.correlations(found, rules)])


@pytest.mark.slow
def test_own_rules_with_correlation(cluster: Any, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("".join(json.dumps(event) + "\n" for event in spray()))
    rules = load.load()
    local = here(tmp_path, rules)
    assert any('"kind": "correlation"' in row for row in local)
    assert there(cluster, tmp_path, rules) == local


@pytest.mark.slow
def test_the_whole_set_over_real_events(cluster: Any, unpacked: Any, hunt_data: Path) -> None:
    rules = load.load(hunt_data / "sigma_rules.zip")
    folder = unpacked("otrf_windows")
    for path in sorted(folder.iterdir())[3:]:
        path.unlink()  # two files of 50 MB are enough
    local = here(folder, rules)
    assert len(local) > 100
    assert there(cluster, folder, rules) == local
