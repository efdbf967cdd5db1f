"""What was found for many pages and stays true for some minutes: kept in Django's cache, as bare numbers."""

import logging
from typing import Any

from django.core.cache import cache

logger = logging.getLogger(__name__)


def get(key: str) -> Any:
    """None too while the cache is away: each cache has exceptions of its own."""
    try:
        return cache.get(key)
    except Exception:
        logger.exception("the cache does not answer")
        return None


def put(key: str, found: Any, seconds: int) -> None:
    try:
        cache.set(key, found, seconds)
    except Exception:
        logger.exception("the cache does not answer")
