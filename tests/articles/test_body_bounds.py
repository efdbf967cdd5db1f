"""How much of a body is taken, and what it costs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from articles import body
from articles.body import FIGURES_MAX, clean_body, figures, has_too_many
from articles.models import Article, Placement
from tests.articles.test_admin_bad_input import ADD, errors, typed
from tests.costs import costs_at_most
from tests.factories import make_article, make_photo


def pictures(count: int, photo_id: int = 1) -> str:
    return f'<figure data-photo="{photo_id}"><img alt="강"></figure>' * count


def test_of_endless_figures_the_first_ones_stay() -> None:
    kept = figures(clean_body(pictures(FIGURES_MAX) + pictures(5, photo_id=2)))
    assert len(kept) == FIGURES_MAX
    assert {figure.photo_id for figure in kept} == {1}


def test_too_many_figures_are_told_apart_from_enough() -> None:
    assert not has_too_many(pictures(FIGURES_MAX))
    assert has_too_many(pictures(FIGURES_MAX + 1))
    assert has_too_many(pictures(FIGURES_MAX + 1).replace("figure", "FIGURE"))
    assert not has_too_many("<figure><img></figure>" * 300)


def test_what_was_just_cleaned_costs_next_to_nothing_to_clean_again() -> None:
    once = clean_body("&" * 200_000)
    with costs_at_most(0.05):
        for known in (None, {}, {1: "/media/photos/aa/480.jpg"}):
            assert clean_body(once, known) == once


def test_a_figure_is_judged_by_the_library_however_clean_it_is() -> None:
    once = clean_body(pictures(1) + "<p>글</p>")
    assert clean_body(once, {}) == "<p>글</p>"


def test_only_so_many_texts_are_remembered() -> None:
    for number in range(2 * body._Digests.KEPT):
        clean_body(f"<p>{number}</p>")
    assert len(body._recently_cleaned._digests) == body._Digests.KEPT


@pytest.mark.django_db
def test_an_article_of_33000_figures_is_stored_with_the_first_ones() -> None:
    photo = make_photo()
    article = make_article(body=pictures(33_000, photo.pk))
    article.save()
    assert Placement.objects.filter(article=article).count() <= FIGURES_MAX


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("가" * (body.BODY_MAX + 1), "1,000,000"),
        ("&" * (body.BODY_MAX // 4), "1,000,000"),
        (pictures(FIGURES_MAX + 1), str(FIGURES_MAX)),
    ],
)
def test_a_form_refuses_too_much_and_gives_it_back(
    as_user: Callable[[Any], Client], reporter: User, settings: Any, text: str, limit: str
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * body.BODY_MAX
    answer = as_user(reporter).post(ADD, typed(body=text))
    assert answer.status_code == 200
    assert errors(answer) == {"body"}
    form = answer.context["adminform"].form
    assert limit in form.errors["body"][0]
    assert form["body"].value() == text
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_forged_number_of_bylines_costs_nothing(as_user: Callable[[Any], Client], reporter: User) -> None:
    client = as_user(reporter)
    with costs_at_most(2):
        answer = client.post(ADD, typed() | {"bylines-TOTAL_FORMS": 1_000_000_000})
    assert answer.status_code == 200
    assert not Article.objects.exists()
