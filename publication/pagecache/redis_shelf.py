"""The shelf of many machines: Redis. It is left alone for a while where it does not answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import redis

from publication.pagecache.page import Page
from publication.pagecache.shelf import CLAIM_SECONDS

# A page is kept this many seconds after it was made; one that is asked for is made anew long before.
KEPT_SECONDS = 24 * 3600
TIMEOUT = 0.3
# A drop is known this many seconds: longer than any page is made.
DROPS_SECONDS = 300
# Which releases have put a page, and when last.
RELEASES = "pages:releases"
# Seconds for which a Redis that failed is left alone.
REST_SECONDS = 5

logger = logging.getLogger(__name__)


class RedisShelf:
    """For many machines. Beside every page, the names of the pages that stand on each key."""

    def __init__(self, url: str, release: str) -> None:
        options: dict[str, Any] = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
        self._client = redis.Redis.from_url(url, **options)
        self._rests_until = 0.0
        self._release, self._prefix = release, _prefix(release)

    def close(self) -> None:
        """Ends the connections; what is kept stays."""
        self._client.close()

    def get(self, name: str) -> Page | None:
        stored = self._try(lambda: self._client.get(f"{self._prefix}page:{name}"))
        return Page.from_bytes(stored) if isinstance(stored, bytes) else None

    def moment(self) -> int:
        return self._try(lambda: int(self._client.get(f"{self._prefix}drops") or 0), otherwise=0)

    def put(self, name: str, page: Page, moment: int | None = None) -> None:
        def store() -> None:
            dropped = [f"{self._prefix}dropped:{key}" for key in page.numbers]
            with self._client.pipeline(transaction=False) as pipe:
                pipe.set(f"{self._prefix}page:{name}", page.to_bytes(), ex=KEPT_SECONDS)
                for key in page.numbers:
                    pipe.sadd(f"{self._prefix}standing:{key}", name)
                    pipe.expire(f"{self._prefix}standing:{key}", KEPT_SECONDS)
                pipe.zadd(RELEASES, {self._release: time.time()})
                pipe.mget(dropped)
                last = [int(number) for number in pipe.execute()[-1] if number]
            # Asked after it was put: a drop in between has taken it away itself.
            if moment is not None and max(last, default=0) > moment:
                self._client.delete(f"{self._prefix}page:{name}")

        self._try(store)

    def drop(self, keys: Iterable[str]) -> None:
        keys = list(keys)

        def remove() -> None:
            for prefix in self._prefixes():
                for key in keys:
                    number: Any = self._client.incr(f"{prefix}drops")
                    self._client.set(f"{prefix}dropped:{key}", number, ex=DROPS_SECONDS)
                    names: Any = self._client.smembers(f"{prefix}standing:{key}")
                    self._client.delete(
                        f"{prefix}standing:{key}", *(f"{prefix}page:{name.decode()}" for name in names)
                    )

        self._try(remove)

    def forget(self, names: Iterable[str]) -> None:
        stored = [f"{self._prefix}page:{name}" for name in names]
        if stored:
            self._try(lambda: self._client.delete(*stored))

    def drop_below(self, floors: Mapping[str, int]) -> int:
        def remove() -> int:
            found = {
                name
                for prefix in self._prefixes()
                for key, floor in floors.items()
                for name in self._names_below(prefix, key, floor)
            }
            if found:
                self._client.delete(*found)
            return len(found)

        return self._try(remove, otherwise=0)

    def _names_below(self, prefix: str, key: str, floor: int) -> list[str]:
        standing: Any = self._client.smembers(f"{prefix}standing:{key}")
        names = [f"{prefix}page:{name.decode()}" for name in standing]
        pages: Any = self._client.mget(names) if names else []
        return [name for name, page in zip(names, pages, strict=True) if page and _is_below(page, key, floor)]

    def _prefixes(self) -> list[str]:
        """Of our release, and of all whose pages may still be there."""
        self._client.zremrangebyscore(RELEASES, 0, time.time() - 2 * KEPT_SECONDS)
        found: Any = self._client.zrange(RELEASES, 0, -1)
        return [_prefix(release) for release in {self._release, *(name.decode() for name in found)}]

    def claim(self, name: str) -> bool:
        def take() -> bool:
            return bool(self._client.set(f"{self._prefix}claim:{name}", b"", nx=True, ex=CLAIM_SECONDS))

        return self._try(take, otherwise=True)

    def release(self, name: str) -> None:
        self._try(lambda: self._client.delete(f"{self._prefix}claim:{name}"))

    def clear(self) -> None:
        def remove() -> None:
            for key in self._client.scan_iter(f"{self._prefix}*"):
                self._client.delete(key)

        self._try(remove)

    def _try(self, command: Callable[[], Any], otherwise: Any = None) -> Any:
        if time.monotonic() < self._rests_until:
            return otherwise
        try:
            return command()
        except redis.RedisError as error:
            logger.warning("Redis does not answer: %s", error)
            self._rests_until = time.monotonic() + REST_SECONDS
            return otherwise


def _prefix(release: str) -> str:
    return f"pages:{release}:"


def _is_below(stored: bytes, key: str, floor: int) -> bool:
    page = Page.from_bytes(stored)
    return page is None or page.numbers.get(key, 0) < floor
