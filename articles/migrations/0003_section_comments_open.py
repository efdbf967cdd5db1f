"""Comments can be closed for a whole section."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="section",
            name="comments_open",
            field=models.BooleanField(
                default=True,
                help_text="Without it all threads of the section and its sub-sections are closed; "
                "they stay readable.",
                verbose_name="comments are open",
            ),
        ),
    ]
