"""How does an account want to be spoken to? What the settings page asks."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from diary.api.fields import fields_sent
from diary.api.views.diary import PersonalView


class SettingsView(PersonalView):
    """Name, time zone, units and language of the person of the token."""

    def get(self, request: Request) -> Response:
        return Response({name: getattr(request.user, name) for name in request.user.SETTINGS})

    def patch(self, request: Request) -> Response:
        changes = fields_sent(request, request.user.SETTINGS)
        for name, value in changes.items():
            setattr(request.user, name, value)
        request.user.save(update_fields=[*changes])
        return self.get(request)
