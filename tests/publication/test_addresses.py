"""Whose network an address is."""

import pytest

from publication.addresses import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::"),
        ("2001:db8:1:3::", "2001:db8:1:3::"),
        ("", ""),
        ("unix:", ""),
        ("203.0.113.7:80", ""),
    ],
)
def test_a_network(address: str, network: str) -> None:
    assert network_of(address) == network
