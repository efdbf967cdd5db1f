"""The body's model field: clean HTML on every way into the database."""

from typing import Any

from django.db import models

from articles.body import clean_body


class BodyField(models.TextField):
    """Editorial HTML. Sanitised by save(), create(), bulk_create() and update() alike."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean_body(value) if isinstance(value, str) else value

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
