"""The ground that tests stand on."""

import pytest
from django.conf import settings
from django.db import connection


def test_debug_is_off() -> None:
    assert settings.DEBUG is False


@pytest.mark.django_db
def test_sqlite_tests_use_a_file() -> None:
    if connection.vendor == "sqlite":
        assert "memory" not in str(connection.settings_dict["NAME"])
        assert str(connection.settings_dict["NAME"]).endswith(".sqlite3")
