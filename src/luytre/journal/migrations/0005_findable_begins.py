"""What begins as typed is read from an index by kind and title, in its order; the index by title alone made way for it.

The index by title is dropped by name, not by altering the field: on SQLite that would remake the table, and the triggers of 0002 with it.
"""

from typing import Any

from django.db import migrations, models


def drop(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        held = editor.connection.introspection.get_constraints(cursor, "journal_findable")
    for name, told in held.items():
        if told["index"] and not told["unique"] and told["columns"] == ["folded"]:
            editor.execute(f"DROP INDEX {editor.quote_name(name)}")


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_sealed_asides")]
    operations = [
        migrations.AddIndex(
            "findable",
            models.Index(fields=["kind", "folded"], name="findable_begins", opclasses=["varchar_ops", "varchar_pattern_ops"]),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AlterField("findable", "folded", models.CharField(max_length=300))],
            database_operations=[migrations.RunPython(drop, migrations.RunPython.noop)],
        ),
    ]
