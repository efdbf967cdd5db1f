"""A made-up reader who writes and votes: one address, one browser, forms as a browser sends them."""

import http.client
import json
import secrets
import string
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from benchmarks.inside import MARK
from benchmarks.load import check_loopback

# As long as Django's own secret in the CSRF cookie.
SECRET = 32
LETTERS = string.ascii_letters + string.digits


def new_secret() -> str:
    return "".join(secrets.choice(LETTERS) for _number in range(SECRET))


def new_address() -> str:
    """One of the addresses that nobody has (RFC 2544, RFC 1918)."""
    return f"10.{200 + secrets.randbelow(50)}.{secrets.randbelow(250)}.{1 + secrets.randbelow(250)}"


@dataclass
class Visitor:
    """Behind the server at `url`, which believes what stands in X-Forwarded-For."""

    url: str
    address: str = field(default_factory=new_address)
    secret: str = field(default_factory=new_secret)

    def __post_init__(self) -> None:
        check_loopback(self.url)

    def comment(self, article: int, token: str) -> int:
        """The answer's status; OSError or HTTPException where none came. The same token is the same comment."""
        fields = {"body": f"{MARK} {token}", "nickname": "폭풍독자", "token": token}
        return self.post(f"/news/{article}/comments/write/", fields)[0]

    def vote(self, comment: int) -> int:
        return self.post(f"/comments/{comment}/vote/", {"value": "1"})[0]

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Status and JSON of the answer, whatever came for JSON."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self.secret})
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrf={self.secret}",
            "X-Forwarded-For": self.address,
        }
        with closing(http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=15)) as connection:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            said = response.read()
        try:
            return response.status, json.loads(said)
        except ValueError:
            return response.status, {}


def page(url: str, path: str, address: str = "") -> tuple[int, str]:
    """What a reader sees; status 0 where no answer came."""
    check_loopback(url)
    headers = {"X-Forwarded-For": address} if address else {}
    try:
        with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=15)) as connection:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
