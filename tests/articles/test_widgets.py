"""The newsroom's form widgets: with their addresses, usable without script, loadable under the policy."""

import json
import re

import pytest
from django import forms
from django.test import RequestFactory

from articles.models import Article, Photo
from articles.widgets import BodyWidget, PhotoWidget, nonced_media
from tests.factories import make_photo

FILLS = {"caption": "lead_caption", "credit": "lead_credit"}


class Form(forms.ModelForm):
    class Meta:
        model = Article
        fields = ("body", "lead_photo")
        widgets = {"body": BodyWidget(), "lead_photo": PhotoWidget(fills=FILLS)}


def test_the_editor_knows_library_and_upload() -> None:
    html = str(Form()["body"])
    assert 'data-photo-library="/admin/articles/photo/library/"' in html
    assert 'data-photo-upload="/admin/articles/photo/upload/"' in html
    assert "data-django-prose-editor-configurable" in html


def test_a_body_is_escaped_into_its_textarea() -> None:
    html = str(Form(initial={"body": "</textarea><script>x</script>"})["body"])
    assert "<script>" not in html


@pytest.mark.django_db
def test_without_script_a_photo_is_its_number() -> None:
    photo = make_photo(alt='강 "위"')
    html = str(Form(initial={"lead_photo": photo.pk})["lead_photo"])
    assert re.search(rf'<input type="number" name="lead_photo" value="{photo.pk}"', html)
    assert f'<img src="{photo.preview_url}" alt="강 &quot;위&quot;">' in html


def test_the_fields_to_fill_are_named() -> None:
    html = str(Form()["lead_photo"])
    found = re.search(r'data-photo-fills="([^"]*)"', html)
    assert found
    assert json.loads(found[1].replace("&quot;", '"')) == FILLS


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "x", "999999", "-1", "²", None])
def test_no_such_photo_shows_none(value: str | None) -> None:
    assert "<img" not in str(Form(initial={"lead_photo": value})["lead_photo"])


@pytest.mark.django_db
def test_a_number_of_no_photo_is_refused() -> None:
    form = Form({"body": "", "lead_photo": "999999"})
    assert not form.is_valid()
    assert "lead_photo" in form.errors
    assert not Photo.objects.exists()


def test_every_script_of_the_form_carries_the_nonce() -> None:
    request = RequestFactory().get("/")
    request.csp_nonce = "abc123"
    tags = re.findall(r"<script[^>]*>", str(nonced_media(Form().media, request)))
    assert len(tags) > 3
    assert [tag for tag in tags if 'nonce="abc123"' not in tag] == []
    assert sum("importmap" in tag for tag in tags) == 1


def test_our_styles_come_after_the_packaged_ones() -> None:
    sheets = re.findall(r'href="/static/([^"]+\.css)"', str(Form().media))
    assert sheets.index("django_prose_editor/editor.css") < sheets.index("css/admin/editor.css")
