"""What does every page know?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from diary.wording import red_flags


def site(request: HttpRequest) -> dict[str, Any]:
    """Whether the demo is loaded here, and in which language a card speaks."""
    return {"demo_mode": settings.DEMO, "cards_language": red_flags.language()}
