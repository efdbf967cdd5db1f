"""The audit log by verb, kind and time read along an index; built beside writers."""

from django.db import migrations, models

from publication.migrating import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("publication", "0003_version_floor"),
    ]

    operations = [
        AddIndexBeside(
            model_name="audit",
            index=models.Index(fields=["object_type", "-id"], name="audit_by_kind"),
        ),
        AddIndexBeside(
            model_name="audit",
            index=models.Index(fields=["verb", "-id"], name="audit_by_verb"),
        ),
        AddIndexBeside(
            model_name="audit",
            index=models.Index(fields=["at"], name="audit_by_time"),
        ),
    ]
