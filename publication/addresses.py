"""How a reader's network address is told apart from another's."""

import ipaddress


def network_of(address: str) -> str:
    """The address itself; of IPv6 the /64, which one household has whole. Blank for what is no address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if known.version == 6:
        known = known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False).network_address
    return str(known)
