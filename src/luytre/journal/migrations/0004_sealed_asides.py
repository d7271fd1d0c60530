"""The text of side rows becomes a sealed column; what lies open is read as it lies until `luytre files seal`."""

from django.db import migrations, models

import luytre.journal.vault

WHOLE = models.CheckConstraint(
    condition=models.Q(
        models.Q(("erased_by", None), ("text__isnull", False)),
        models.Q(("erased_by__isnull", False), ("salt", ""), ("text", None)),
        _connector="OR",
    ),
    name="aside_whole_or_erased",
)


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_signed_head")]

    operations = [
        migrations.RemoveConstraint("aside", "aside_whole_or_erased"),  # it compared with the null of JSON
        migrations.AlterField("aside", "text", luytre.journal.vault.SealedJSON(null=True)),
        migrations.RunSQL("UPDATE journal_aside SET text = NULL WHERE text = 'null'", migrations.RunSQL.noop),
        migrations.AddConstraint("aside", WHOLE),
    ]
