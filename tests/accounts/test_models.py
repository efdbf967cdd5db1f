"""Who can have which name and which address."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import NICKNAME_MAX, Role, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def refusal(nickname: str) -> str:
    """What is said against a nickname; empty where it is taken."""
    try:
        User(email="new@home.test", nickname=nickname).clean()
    except ValidationError as error:
        return error.message_dict["nickname"][0]
    return ""


@pytest.mark.parametrize("nickname", ["가나", "한" * NICKNAME_MAX, "R2", "강 바람", "사과🍎", "ㅋㅋ"])
def test_a_nickname_has_two_to_twenty_characters(nickname: str) -> None:
    assert refusal(nickname) == ""


@pytest.mark.parametrize("nickname", ["가", "한" * (NICKNAME_MAX + 1), "x" * 300, "é" * 5000])
def test_a_shorter_or_longer_nickname_is_refused_with_its_count(nickname: str) -> None:
    assert str(len(nickname)) in refusal(nickname)


@pytest.mark.parametrize("nickname", ["--", "🍎🍏", "․․․", "!!!!"])
def test_a_nickname_without_letters_or_digits_is_refused(nickname: str) -> None:
    assert refusal(nickname) != ""


def test_a_nickname_from_macos_is_measured_as_it_is_seen() -> None:
    assert refusal(unicodedata.normalize("NFD", "한강독자" * 5)) == ""


def test_a_nickname_is_stored_composed_and_without_what_cannot_be_seen() -> None:
    person = make_user(nickname=unicodedata.normalize("NFD", "한강") + "\u200b\u00a0 독자\0")
    person.refresh_from_db()
    assert person.nickname == "한강 독자"


@pytest.mark.parametrize("twin", ["한강독자", "한 강 독 자", "한강-독자", "한강독자\u200b", "．한강독자．"])
def test_look_alikes_of_a_nickname_are_taken(twin: str) -> None:
    make_user(nickname="한강독자")
    assert refusal(twin) != ""


@pytest.mark.parametrize("twin", ["RIVER", "river", "Ｒｉｖｅｒ", "ri.ver"])
def test_look_alikes_differ_neither_by_case_nor_by_width(twin: str) -> None:
    make_user(nickname="River")
    assert refusal(twin) != ""


def test_the_own_nickname_is_not_taken_by_oneself() -> None:
    person = make_user(nickname="한강독자")
    person.nickname = "한강-독자"
    person.clean()


def test_the_database_itself_refuses_a_look_alike() -> None:
    make_user(nickname="한강독자")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(nickname="한강.독자")


def test_a_changed_nickname_brings_its_key_even_where_only_it_is_saved() -> None:
    person = make_user(nickname="한강독자")
    person.nickname = "새벽독자"
    person.save(update_fields=["nickname"])
    assert User.objects.get(nickname_key="새벽독자") == person


def test_nobody_needs_a_nickname() -> None:
    first, second = make_user(), make_user()
    assert first.nickname_key is None
    assert second.nickname_key is None


def test_an_address_is_kept_in_small_letters_and_found_in_any() -> None:
    person = make_user("Kim@Paper.TEST")
    assert person.email == "kim@paper.test"
    assert User.objects.get_by_natural_key("KIM@paper.test") == person


def test_an_address_has_one_account_in_any_case() -> None:
    make_user("kim@paper.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("KIM@paper.test")


def test_an_account_needs_an_address() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_staff_is_whoever_has_a_role(reader: User, moderator: User) -> None:
    assert not reader.is_staff
    assert moderator.is_staff
    assert moderator.roles == {Role.MODERATOR}


def test_a_superuser_counts_as_manager() -> None:
    root = User.objects.create_superuser("root@paper.test", "x")
    assert root.roles == {Role.MANAGER}


def test_a_person_is_shown_by_the_best_name_there_is() -> None:
    assert str(User(email="a@b.test", nickname="별명", name="이름")) == "이름"
    assert str(User(email="a@b.test", nickname="별명")) == "별명"
    assert str(User(email="a@b.test")) == "a@b.test"
