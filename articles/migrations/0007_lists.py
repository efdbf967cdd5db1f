"""Every list of articles read along an index: by kind, and by tag and reporter with the article's own time.

The rows of a tag and of a byline carry the time at which their article is published, NULL while it is not.
Triggers keep it on both databases, whoever writes: nobody can forget it. (SQLite loses triggers when a later
migration rebuilds the table: repeat them there; a test looks for them.)
"""

import django.db.models.deletion
import taggit.managers
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

LISTED = ("articles_byline", "articles_taggedarticle")
TIME = "(SELECT CASE WHEN status = 'published' THEN publish_at END FROM articles_article WHERE id = NEW.article_id)"

POSTGRESQL = [
    f"""
    CREATE FUNCTION articles_listed_row() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.publish_at = {TIME};
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION articles_listed_article() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE articles_byline SET publish_at = NULL WHERE article_id = NEW.id;
        UPDATE articles_taggedarticle SET publish_at = NULL WHERE article_id = NEW.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER article_listed AFTER UPDATE ON articles_article FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.publish_at IS DISTINCT FROM NEW.publish_at)
    EXECUTE FUNCTION articles_listed_article()
    """,
    *(
        f"""
        CREATE TRIGGER {table}_listed BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW
        EXECUTE FUNCTION articles_listed_row()
        """
        for table in LISTED
    ),
]
SQLITE = [
    """
    CREATE TRIGGER article_listed AFTER UPDATE OF status, publish_at ON articles_article
    WHEN OLD.status IS NOT NEW.status OR OLD.publish_at IS NOT NEW.publish_at
    BEGIN
        UPDATE articles_byline SET article_id = article_id WHERE article_id = NEW.id;
        UPDATE articles_taggedarticle SET article_id = article_id WHERE article_id = NEW.id;
    END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_listed_{name} AFTER {event} ON {table}
        WHEN NEW.publish_at IS NOT {TIME}
        BEGIN UPDATE {table} SET publish_at = {TIME} WHERE id = NEW.id; END
        """  # noqa: S608 - constants of this file only
        for table in LISTED
        for name, event in (("new", "INSERT"), ("changed", "UPDATE OF article_id, publish_at"))
    ),
]

TAGS_OF_ARTICLES = "content_type_id IN (SELECT id FROM django_content_type WHERE app_label = 'articles' AND model = 'article')"
COPY = [
    f"""
    INSERT INTO articles_taggedarticle (tag_id, article_id)
    SELECT tag_id, object_id FROM taggit_taggeditem
    WHERE {TAGS_OF_ARTICLES} AND object_id IN (SELECT id FROM articles_article)
    """,  # noqa: S608 - as above
    f"DELETE FROM taggit_taggeditem WHERE {TAGS_OF_ARTICLES}",  # noqa: S608 - as above
    # The triggers put in what it is.
    "UPDATE articles_byline SET article_id = article_id",
]
COPY_BACK = """
    INSERT INTO taggit_taggeditem (tag_id, object_id, content_type_id)
    SELECT tag_id, article_id, django_content_type.id FROM articles_taggedarticle, django_content_type
    WHERE app_label = 'articles' AND model = 'article'
"""


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in [*triggers, *COPY]:
        schema_editor.execute(statement, params=None)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(COPY_BACK, params=None)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION articles_listed_row() CASCADE", params=None)
        schema_editor.execute("DROP FUNCTION articles_listed_article() CASCADE", params=None)
        return
    for trigger in ("article_listed", *(f"{t}_listed_{n}" for t in LISTED for n in ("new", "changed"))):
        schema_editor.execute(f"DROP TRIGGER {trigger}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_card"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]
    operations = [
        migrations.CreateModel(
            name="TaggedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged_articles",
                        to="taggit.tag",
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        db_column="article_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged",
                        to="articles.article",
                    ),
                ),
                ("publish_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["content_object", "tag"], name="article_tagged_once")
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("publish_at__isnull", False)),
                        fields=["tag", "-publish_at", "-content_object"],
                        name="article_newest_of_tag",
                    )
                ],
            },
        ),
        migrations.AlterField(
            "article",
            "tags",
            taggit.managers.TaggableManager(
                blank=True,
                help_text="Separated by commas.",
                through="articles.TaggedArticle",
                to="taggit.Tag",
                verbose_name="tags",
            ),
        ),
        migrations.RemoveIndex("byline", "byline_of_reporter"),
        migrations.AddField("byline", "publish_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddIndex(
            "byline",
            models.Index(
                condition=models.Q(("publish_at__isnull", False)),
                fields=["reporter", "-publish_at", "-article"],
                name="article_newest_of_reporter",
            ),
        ),
        migrations.AddIndex(
            "article",
            models.Index(
                condition=models.Q(("status", "published")),
                fields=["kind", "-publish_at", "-id"],
                name="article_newest_of_kind",
            ),
        ),
        migrations.RunPython(create, remove),
    ]
