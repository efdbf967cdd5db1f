"""The admin in a real browser: no page breaks its content policy or the width of a phone; photos by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Photo
from publication.models import PolicyPage, Publication
from tests.factories import make_article, make_photo, make_published_article, make_reporter
from tests.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
ADDRESSES = (
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/articles/article/{waiting}/change/",
    "/admin/articles/article/{public}/change/",
    "/admin/articles/article/{waiting}/history/",
    "/admin/articles/article/{waiting}/delete/",
    "/admin/articles/photo/",
    "/admin/articles/photo/add/",
    "/admin/articles/photo/{photo}/change/",
    "/admin/articles/section/",
    "/admin/articles/section/add/",
    "/admin/articles/reporter/{reporter}/change/",
    "/admin/articles/deskassignment/add/",
    "/admin/taggit/tag/",
    "/admin/publication/publication/1/change/",
    "/admin/publication/policypage/",
    "/admin/publication/policypage/{policy}/change/",
    "/admin/publication/audit/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/{person}/change/",
)


@pytest.fixture
def sign_in(page: Page, live_server: Any) -> Callable[[User], None]:
    def enter(user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return enter


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of: errors of scripts, refusals of the content policy, missing files."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    return heard


def test_no_admin_page_complains_or_outgrows_a_phone(
    page: Page,
    sign_in: Callable[[User], None],
    complaints: list[str],
    manager: User,
    reporter: User,
    publication: Publication,
) -> None:
    sign_in(manager)
    numbers = {
        "policy": PolicyPage.objects.create(slug="terms", title="이용약관").pk,
        "waiting": make_article(owner=reporter, status="submitted", submitted_by=reporter).pk,
        "public": make_published_article(at=timezone.now() - timedelta(hours=1), title="긴 제목 " * 20).pk,
        "photo": make_photo(by=reporter, caption="설명 " * 60).pk,
        "reporter": make_reporter("홍길동").pk,
        "person": reporter.pk,
    }
    page.set_viewport_size(PHONE)
    wide = []
    for address in ADDRESSES:
        response = page.goto(address.format(**numbers))
        assert response is not None
        assert response.status == 200, address
        page.wait_for_load_state("load")
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(address)
    assert wide == []
    assert complaints == []


def test_the_point_that_no_crop_may_lose_is_chosen_by_a_click(
    page: Page, sign_in: Callable[[User], None], complaints: list[str], reporter: User
) -> None:
    photo = make_photo(by=reporter)
    sign_in(reporter)
    page.goto(f"/admin/articles/photo/{photo.pk}/change/")
    picture = page.locator("[data-focal-picture]")
    box = picture.bounding_box()
    assert box is not None
    picture.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    expect(page.locator("[data-focal-point]")).to_be_visible()
    page.get_by_role("button", name="저장", exact=True).click()
    page.wait_for_url("**/admin/articles/photo/")
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.75, abs=0.01))
    assert complaints == []


def test_several_photos_arrive_and_a_bad_one_says_why(
    page: Page, sign_in: Callable[[User], None], reporter: User
) -> None:
    sign_in(reporter)
    page.goto("/admin/articles/photo/add/")
    files = [
        {"name": "하나.jpg", "mimeType": "image/jpeg", "buffer": jpeg(640, 480)},
        {"name": "글.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"},
        {"name": "둘.jpg", "mimeType": "image/jpeg", "buffer": jpeg(480, 640)},
    ]
    page.locator("[data-photo-drop]").set_input_files(files)
    expect(page.locator("[data-photo-arrived] li")).to_have_count(2)
    expect(page.locator(".is-refused")).to_contain_text("글.jpg")
    expect(page.locator(".is-refused")).to_contain_text("사진 파일이 아닙니다")
    assert Photo.objects.count() == 2
    page.locator("[data-photo-arrived] a").first.click()
    expect(page.locator("[data-focal-picture]")).to_be_visible()
