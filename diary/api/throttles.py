"""How often may one person, or one address without a person, ask?"""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class PersonThrottle(UserRateThrottle):
    """Counted in this process alone: a phone in a loop is stopped without a write a request."""

    cache = caches["throttle"]


class StrangerThrottle(AnonRateThrottle):
    """The same for an address that is not signed in."""

    cache = caches["throttle"]


class GuessThrottle(StrangerThrottle):
    """The same where a token was nobody's: DRF counts only after it knows who asks."""

    def get_cache_key(self, request: Request, view: Any) -> str:
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})
