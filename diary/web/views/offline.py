"""What works without a signal, and what waits on this device?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in here, and the token with which a page that was kept may send for them."""
    if not request.user.is_authenticated:
        return JsonResponse({"owner": ""})
    return JsonResponse({"owner": request.user.tag, "token": get_token(request)})
