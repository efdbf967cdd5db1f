"""What stands for an article elsewhere; for those that exist the tick makes it, newest first.

SQLite builds the table anew for a column and loses its triggers with the old one: they are repeated.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def repeat_guards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        import_module("articles.migrations.0002_guards").create(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_search")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, repeat_guards),
        migrations.AddField("article", "card", models.JSONField(default=dict, editable=False)),
        # True for the rows that are there, False for those to come.
        migrations.AddField("article", "card_due", models.BooleanField(default=True, editable=False)),
        migrations.AlterField("article", "card_due", models.BooleanField(default=False, editable=False)),
        migrations.AddIndex(
            "article",
            models.Index(fields=["-id"], condition=models.Q(("card_due", True)), name="article_card_due"),
        ),
        migrations.RunPython(repeat_guards, migrations.RunPython.noop),
    ]
