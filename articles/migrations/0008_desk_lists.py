"""The desk's lists and the photo library read along an index; built beside writers."""

from django.db import migrations, models

from publication.migrating import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("articles", "0007_lists"),
    ]

    operations = [
        AddIndexBeside(
            model_name="article",
            index=models.Index(fields=["kind", "-id"], name="article_by_kind"),
        ),
        AddIndexBeside(
            model_name="article",
            index=models.Index(fields=["grade", "-id"], name="article_by_grade"),
        ),
        AddIndexBeside(
            model_name="article",
            index=models.Index(
                condition=models.Q(("approval_reason", ""), _negated=True),
                fields=["-approved_at", "-id"],
                name="article_own_approval",
            ),
        ),
        AddIndexBeside(
            model_name="article",
            index=models.Index(
                condition=models.Q(("status__in", ["published", "withdrawn"]), _negated=True),
                fields=["owner", "-updated_at", "-id"],
                name="article_unfinished",
            ),
        ),
        AddIndexBeside(
            model_name="discussion",
            index=models.Index(
                condition=models.Q(("state", "closed")), fields=["-article"], name="discussion_closed"
            ),
        ),
        AddIndexBeside(
            model_name="discussion",
            index=models.Index(
                condition=models.Q(("ranking_frozen", True)), fields=["-article"], name="discussion_frozen"
            ),
        ),
        AddIndexBeside(
            model_name="photo",
            index=models.Index(fields=["uploaded_at"], name="photo_by_upload"),
        ),
        AddIndexBeside(
            model_name="photo",
            index=models.Index(
                condition=models.Q(("ai_use", "none"), _negated=True),
                fields=["ai_use", "-id"],
                name="photo_of_ai",
            ),
        ),
    ]
