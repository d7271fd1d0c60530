"""What can be searched for, and the full-text index over it: FTS5 with triggers on SQLite, GIN over an expression on PostgreSQL."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

SQLITE = (
    """CREATE VIRTUAL TABLE journal_findable_words USING fts5(
        words, kind, content='journal_findable', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='1 2 3', detail='column')""",
    """CREATE TRIGGER journal_findable_put AFTER INSERT ON journal_findable BEGIN
        INSERT INTO journal_findable_words(rowid, words, kind) VALUES (new.id, new.words, new.kind); END""",
    """CREATE TRIGGER journal_findable_drop AFTER DELETE ON journal_findable BEGIN
        INSERT INTO journal_findable_words(journal_findable_words, rowid, words, kind)
        VALUES ('delete', old.id, old.words, old.kind); END""",
    """CREATE TRIGGER journal_findable_mend AFTER UPDATE ON journal_findable BEGIN
        INSERT INTO journal_findable_words(journal_findable_words, rowid, words, kind)
        VALUES ('delete', old.id, old.words, old.kind);
        INSERT INTO journal_findable_words(rowid, words, kind) VALUES (new.id, new.words, new.kind); END""",
)
POSTGRESQL = (
    """CREATE INDEX journal_findable_words ON journal_findable USING gin
        (array_to_tsvector(string_to_array(words || ' #' || kind, ' '))) WITH (fastupdate = off)""",
)


def lay(apps: Any, editor: Any) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def lift(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX journal_findable_words")
    else:
        editor.execute("DROP TABLE journal_findable_words")  # the triggers go with their table


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thing", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=300)),
                ("folded", models.CharField(db_index=True, max_length=300)),
                ("words", models.TextField()),
                ("about", models.JSONField(default=list)),
                ("on", models.DateField(null=True)),
                ("path", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="FindableScope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.BigIntegerField()),
                (
                    "findable",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="scopes", to="journal.findable"),
                ),
            ],
            options={"indexes": [models.Index(fields=["mark", "findable"], name="findable_mark")]},
        ),
        migrations.RunPython(lay, lift),
    ]
