"""Points in time, for readers and for machines."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone

from publication.templatetags.moments import machine_time, stamp, time_element

# 00:30 in Seoul is still the day before in UTC.
MOMENT = datetime(2023, 8, 23, 15, 30, 9, 999999, tzinfo=UTC)


def test_readers_see_the_minute_in_seoul() -> None:
    assert stamp(MOMENT) == "2023.08.24 00:30"


def test_machines_read_the_second_with_its_offset() -> None:
    assert machine_time(MOMENT) == "2023-08-24T00:30:09+09:00"


def test_the_element_holds_both() -> None:
    page = Template("{% load moments %}{% time_element moment %}").render(Context({"moment": MOMENT}))
    assert page == '<time datetime="2023-08-24T00:30:09+09:00">2023.08.24 00:30</time>'


@pytest.mark.parametrize("shown", [stamp, machine_time, time_element])
def test_no_moment_shows_nothing(shown: Callable[[None], str]) -> None:
    assert shown(None) == ""


@pytest.mark.parametrize("moment", [MOMENT, datetime(2023, 8, 23, 15, 0, tzinfo=UTC)])
def test_a_time_element_says_what_both_filters_say(moment: datetime) -> None:
    expected = f'<time datetime="{machine_time(moment)}">{timezone.localtime(moment):%Y.%m.%d %H:%M}</time>'
    assert time_element(moment) == expected
