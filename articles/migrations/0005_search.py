"""What the search reads, and beside it each database's own index of terms.

PostgreSQL: a tsvector column under GIN. SQLite: an FTS5 table without contents of its own. Both hold a plain set
of terms for each article, without positions. Empty after this migration: `manage.py reindex` fills it.
"""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = [
    "ALTER TABLE articles_searchentry ADD COLUMN terms tsvector NOT NULL DEFAULT ''",
    # Looked into for every article that is walked past: packing it would cost more than its bytes.
    "ALTER TABLE articles_searchentry ALTER COLUMN words SET STORAGE EXTERNAL",
    # A list of pending entries makes a save ten times cheaper; a short one, for every search reads it to its end.
    """
    CREATE INDEX articles_searchentry_terms ON articles_searchentry USING gin (terms)
    WITH (fastupdate = on, gin_pending_list_limit = 512)
    """,
]
SQLITE = [
    # The `ascii` tokeniser takes every sign beyond ASCII as part of a word: where words end is ours to say.
    """
    CREATE VIRTUAL TABLE articles_searchterms USING fts5(
        terms, content='', columnsize=0, detail='none', tokenize="ascii tokenchars ':'"
    )
    """,
    # The times of found articles, without their texts.
    "CREATE INDEX articles_searchentry_times ON articles_searchentry (article_id, publish_at)",
]


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # On PostgreSQL column and index go with the table.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_searchterms")


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_finding")]
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("publish_at", models.DateTimeField(null=True)),
                ("labels", models.TextField()),
                ("title", models.TextField()),
                ("words", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("publish_at"), descending=True),
                        models.OrderBy(models.F("article_id"), descending=True),
                        name="search_entry_newest",
                    )
                ],
            },
        ),
        migrations.RunPython(create, remove),
    ]
