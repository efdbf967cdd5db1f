"""The line of tags and the reporter's picker, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from tests.factories import make_article, make_reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(
    page: Page, live_server: Any, reporter: User, publication: Any, as_user: Callable[[Any], Client]
) -> Article:
    """An article of the reporter's, open in the editor."""
    make_article(tags=("지하철", "지방선거", "서울 지하철"))
    article = make_article(owner=reporter, tags=("강",))
    name = settings.SESSION_COOKIE_NAME
    cookie = as_user(reporter).cookies[name].value
    page.context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    return article


def test_tags_are_chosen_by_keyboard_and_kept(page: Page, draft: Article) -> None:
    line = page.get_by_role("combobox", name="태그")
    expect(line).to_have_attribute("aria-expanded", "false")
    line.press("End")
    line.press_sequentially(", ㅈㅎㅊ")
    options = page.get_by_role("listbox", name="태그").get_by_role("option")
    expect(options).to_have_text(["지하철", "서울 지하철"])
    expect(line).to_have_attribute("aria-expanded", "true")
    line.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(line).to_have_attribute("aria-activedescendant", options.last.get_attribute("id") or "")
    line.press("Enter")
    expect(line).to_have_value('강, "서울 지하철", ')
    line.press_sequentially("지방")
    expect(options).to_have_text(["지방선거"])
    line.press("Escape")
    expect(options).to_have_count(0)
    page.get_by_role("button", name="저장", exact=True).click()
    page.wait_for_load_state()
    assert sorted(draft.tags.names()) == ["강", "서울 지하철", "지방"]


def test_a_tag_is_chosen_with_the_mouse_in_the_middle_of_the_line(page: Page, draft: Article) -> None:
    line = page.get_by_role("combobox", name="태그")
    line.fill(", 바다")
    line.press("Home")
    line.press_sequentially("지방")
    page.get_by_role("option", name="지방선거").click()
    # What stood at the caret is replaced, the rest stays.
    expect(line).to_have_value("지방선거, 바다")
    expect(line).to_be_focused()


def test_a_reporter_is_picked_by_initials(page: Page, draft: Article) -> None:
    make_reporter("구광모")
    page.locator("#bylines-group .select2-selection").first.click()
    page.locator(".select2-search__field").fill("ㄱㄱㅁ")
    expect(page.locator(".select2-results__option")).to_have_text(["구광모 기자"])
