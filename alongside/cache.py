"""The shared cache, and what holds while Valkey is away.

What is kept here is small and short-lived: how often somebody tried to sign in, and
which one-time codes were used. Without Valkey each process counts for itself, so
limits go on (an attacker gets as many tries as there are processes times the limit,
never an endless number), and nobody is locked out.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as AwayError
from redis.exceptions import TimeoutError as SlowError

logger = logging.getLogger(__name__)
REST_SECONDS = 5.0  # how long a server that did not answer is left alone: pages must not wait


class SturdyCache(BaseCache):
    """Valkey's cache, or this process's own while Valkey does not answer."""

    _rests_until: dict[str, float] = {}  # by address; every thread has its own instance

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._location = location
        self._shared = RedisCache(location, params)
        without_options = {key: value for key, value in params.items() if key != "OPTIONS"}
        self._own = LocMemCache(location, without_options)

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._either("add", key, *args, **kwargs))

    def get(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        return self._either("get", key, *args, **kwargs)

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        self._either("set", key, *args, **kwargs)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._either("touch", key, *args, **kwargs))

    def delete(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._either("delete", key, *args, **kwargs))

    def has_key(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._either("has_key", key, *args, **kwargs))

    def incr(self, key: Any, *args: Any, **kwargs: Any) -> int:
        return int(self._either("incr", key, *args, **kwargs))

    def clear(self) -> None:
        self._own.clear()
        self._either("clear")

    def _either(self, verb: str, *args: Any, **kwargs: Any) -> Any:
        now = time.monotonic()
        if now >= self._rests_until.get(self._location, 0.0):
            ask: Callable[..., Any] = getattr(self._shared, verb)
            try:
                return ask(*args, **kwargs)
            except (AwayError, SlowError):
                self._rests_until[self._location] = now + REST_SECONDS
                logger.warning("Valkey does not answer; each process counts for itself.")
        return getattr(self._own, verb)(*args, **kwargs)
