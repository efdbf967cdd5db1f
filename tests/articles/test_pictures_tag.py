"""The focal point reaches the style sheet without an inline style."""

import pytest

from articles.templatetags.pictures import focus


@pytest.mark.parametrize(
    ("position", "attributes"),
    [
        ("30% 70%", ' data-x="3" data-y="7"'),
        ("0% 100%", ' data-x="0" data-y="10"'),
        ("50% 20%", ' data-x="5" data-y="2"'),
        ("31.4% 68.9%", ' data-x="3" data-y="7"'),
        ("50% 50%", ""),
        ("", ""),
        ("left top", ""),
    ],
)
def test_the_position_is_told_in_steps_of_ten(position: str, attributes: str) -> None:
    assert focus(position) == attributes
