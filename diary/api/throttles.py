"""How often may one person, or one address without a person, ask?"""

from __future__ import annotations

from django.core.cache import caches
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class PersonThrottle(UserRateThrottle):
    """Counted in this process alone: a phone in a loop is stopped without a write a request."""

    cache = caches["throttle"]


class StrangerThrottle(AnonRateThrottle):
    """The same for an address that is not signed in."""

    cache = caches["throttle"]
