"""How many requests one address may make (RAC_ROBUSTEZZA_001), without storing the address."""

from __future__ import annotations

import math
import re
import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from cms import conf
from cms.http.client_address import client_address
from cms.http.problems import ProblemError
from cms.http.request_counters import Counter, ProcessCounter, RedisCounter

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
SALT = "cms.http.rate_limits"


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds."""

    limit: int
    seconds: int

    @classmethod
    def parse(cls, text: str, name: str = "RATE_LIMIT") -> Rate:
        """Read a rate such as ``600/minute``, the value of the setting *name*."""
        match = re.fullmatch(r"([1-9][0-9]{0,8})/(second|minute|hour|day)", text)
        if match is None:
            raise ImproperlyConfigured(
                f'{name} is {text!r}. Write it like "600/minute" (second, minute, hour, day).'
            )
        return cls(int(match[1]), SECONDS[match[2]])


@dataclass(frozen=True)
class Standing:
    """What a client has left; ``reset`` is in seconds from now."""

    limit: int
    remaining: int
    reset: int
    is_refused: bool = False

    def headers(self) -> dict[str, str]:
        """Return the headers that every answer carries."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }

    def describe(self, response: HttpResponseBase) -> None:
        """Write these headers, unless a narrower limit has written its own."""
        for name, value in self.headers().items():
            response.headers.setdefault(name, value)

    def refuse(self) -> None:
        """Raise a 429 if the client has used up what it may ask."""
        if self.is_refused:
            raise ProblemError(
                429,
                f"More than {self.limit} requests came from your address. "
                f"Try again in {self.reset} seconds.",
                headers={"Retry-After": str(self.reset), **self.headers()},
            )


def standing_of(request: HttpRequest) -> Standing | None:
    """Count *request* and return where its client stands; ``None`` where no limit is set."""
    return standing_under(request, conf.rate_limit())


def posting_standing_of(request: HttpRequest) -> Standing | None:
    """Count something that *request* sends in, by the limit of ``POST_RATE_LIMIT``.

    Pages and API count together, apart from what is only read.
    """
    return standing_under(request, conf.post_rate_limit(), "post")


def standing_under(request: HttpRequest, text: str, scope: str = "") -> Standing | None:
    """Count *request* under the rate *text*, apart from what is counted in other scopes."""
    if not text:
        return None
    rate = _rate(text)
    now = time.time()
    window = int(now // rate.seconds)
    reset = max(1, math.ceil((window + 1) * rate.seconds - now))
    address = client_address(request, conf.trusted_proxies())
    location, prefix = _redis()
    counter = _counter(location, f"{prefix}:{scope}" if scope else prefix)
    count = counter.hit(_key(address, window, rate), window, rate.seconds)
    if count is None:
        return Standing(rate.limit, rate.limit, reset)
    return Standing(rate.limit, max(0, rate.limit - count), reset, count > rate.limit)


_rate = lru_cache(maxsize=16)(Rate.parse)


def _key(address: str, window: int, rate: Rate) -> str:
    """Return a keyed hash that is another one in each window: nobody can be followed by it."""
    text = f"{address}/{window}/{rate.limit}/{rate.seconds}"
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:32]


def _redis() -> tuple[str, str]:
    """Return address and key prefix of the Redis that Django's cache is in; empty without one."""
    cache = settings.CACHES["default"]
    if not str(cache["BACKEND"]).endswith("RedisCache"):
        return "", ""
    location = cache["LOCATION"]
    if not isinstance(location, str):
        location = location[0]
    first = str(location).split(",", maxsplit=1)[0].strip()
    return first, f"{cache.get('KEY_PREFIX', '')}:rate"


@lru_cache(maxsize=16)
def _counter(location: str, prefix: str) -> Counter:
    return RedisCounter(location, prefix) if location else ProcessCounter()
