"""People in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_an_address_that_a_manager_replaced_opens_the_account_no_longer(
    as_user: Callable[[Any], Client], manager: User, reader: User
) -> None:
    old = reader.email
    EmailAddress.objects.create(user=reader, email=old, verified=True, primary=True)
    answer = as_user(manager).post(
        f"/admin/accounts/user/{reader.pk}/change/",
        {"email": "New@home.test", "name": reader.name, "nickname": reader.nickname, "is_active": "on"},
    )
    assert answer.status_code == 302
    for address, status in ((old, 200), ("new@home.test", 302)):
        response = Client().post("/accounts/login/", {"login": address, "password": PASSWORD})
        assert response.status_code == status, address
