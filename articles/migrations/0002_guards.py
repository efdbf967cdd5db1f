"""Two rules that no constraint can express, held by triggers on both databases.

What was published, planned or withdrawn is never deleted, and the time of a first publication never changes
once it has come. (SQLite loses triggers when a later migration rebuilds the table: repeat them there; a test
looks for them.)
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION articles_article_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'article % was public or is planned: it is never deleted', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RAISE EXCEPTION 'article % was published at %: that never changes', OLD.id, OLD.first_published_at
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER article_never_deleted BEFORE DELETE ON articles_article FOR EACH ROW
    WHEN (OLD.status IN ('published', 'withdrawn')) EXECUTE FUNCTION articles_article_guard()
    """,
    """
    CREATE TRIGGER article_first_published_stays BEFORE UPDATE ON articles_article FOR EACH ROW
    WHEN (OLD.first_published_at <= statement_timestamp()
          AND NEW.first_published_at IS DISTINCT FROM OLD.first_published_at)
    EXECUTE FUNCTION articles_article_guard()
    """,
]
SQLITE = [
    """
    CREATE TRIGGER article_never_deleted BEFORE DELETE ON articles_article
    WHEN OLD.status IN ('published', 'withdrawn')
    BEGIN SELECT RAISE(ABORT, 'this article was public or is planned: it is never deleted'); END
    """,
    """
    CREATE TRIGGER article_first_published_stays BEFORE UPDATE ON articles_article
    WHEN OLD.first_published_at <= strftime('%Y-%m-%d %H:%M:%f', 'now')
         AND NEW.first_published_at IS NOT OLD.first_published_at
    BEGIN SELECT RAISE(ABORT, 'the time of a first publication never changes'); END
    """,
]
TRIGGERS = ("article_never_deleted", "article_first_published_stays")


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for trigger in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER {trigger}" + (" ON articles_article" if on_postgresql else ""))
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION articles_article_guard()")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
