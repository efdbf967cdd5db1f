"""The editor's declaration agrees with the sanitiser and with the scripts that are really there."""

import re

import pytest
from django.conf import settings
from django_prose_editor.config import allowlist_from_extensions

from articles import figures
from articles.editor import BODY_EXTENSIONS, EDITOR_EXTENSIONS, EDITOR_MODULES
from publication.richtext.blocks import ATTRIBUTES, TAGS
from tests.house.files import ROOT

SCRIPTS = ROOT / "static" / "js" / "admin"
IMPORTED = re.compile(r'from "(newsroom/[\w-]+)"')


def allowed() -> dict:
    return allowlist_from_extensions(BODY_EXTENSIONS)


def test_what_the_editor_writes_is_kept_by_the_sanitiser() -> None:
    assert allowed()["tags"] <= TAGS | figures.TAGS


@pytest.mark.parametrize("tag", sorted(figures.TAGS))
def test_figure_has_the_same_attributes_in_both(tag: str) -> None:
    assert allowed()["attributes"].get(tag, set()) == figures.ATTRIBUTES.get(tag, set())


@pytest.mark.parametrize("tag", sorted(ATTRIBUTES))
def test_attributes_that_readers_get_can_be_written(tag: str) -> None:
    assert ATTRIBUTES[tag] <= allowed()["attributes"][tag]


def test_the_packaged_figure_and_full_screen_are_not_offered() -> None:
    """The packaged full screen and a sanitiser together raise KeyError."""
    assert not {"Fullscreen", "HTML", "Figure", "Image", "Caption"} & set(BODY_EXTENSIONS)


def test_settings_name_our_extensions() -> None:
    assert settings.DJANGO_PROSE_EDITOR_EXTENSIONS == EDITOR_EXTENSIONS


def test_every_module_has_its_file() -> None:
    assert [path for path in EDITOR_MODULES.values() if not (ROOT / "static" / path).is_file()] == []


def test_every_import_is_in_the_import_map() -> None:
    wanted = {name for path in SCRIPTS.glob("*.js") for name in IMPORTED.findall(path.read_text())}
    assert wanted <= set(EDITOR_MODULES)


def test_extensions_name_modules_of_the_import_map() -> None:
    assert {name for group in EDITOR_EXTENSIONS for name in group["js"]} <= set(EDITOR_MODULES)


def test_the_dialog_warns_of_the_lengths_that_are_kept() -> None:
    longest = f"{{ caption: {figures.CAPTION_MAX}, credit: {figures.CREDIT_MAX}, alt: {figures.ALT_MAX} }}"
    assert longest in (SCRIPTS / "photo-describe.js").read_text()
