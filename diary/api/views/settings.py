"""How does an account want to be spoken to, and how does it go? What the settings page asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from diary import rules, values
from diary.api.fields import fields_sent
from diary.api.problems import Refusal
from diary.api.views.diary import PersonalView
from diary.door import proved_again
from diary.leaving import delete_account, held
from diary.letters import send_goodbye

MEANT = values.Choice(("everything",))


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


class AccountView(PersonalView):
    """All that an account holds, and its end.

    Deleting asks that whoever holds the token proved just now who they are, and for a word in the
    query: a DELETE that was meant for something else must not end an account.
    """

    def readers(self) -> Mapping[str, Any]:
        return {"confirm": MEANT} if self.request.method == "DELETE" else {}

    def get(self, request: Request) -> Response:
        return Response(held(request.user, timezone.now()))

    def delete(self, request: Request) -> Response:
        person, now = request.user, timezone.now()
        if person.is_demo:
            raise Refusal("demo_stays")
        if self.asked["confirm"] is None:
            raise rules.Refused([rules.Fault("confirm", "required")])
        if not proved_again(request.auth, now):
            raise Refusal("proof_needed")
        email, language = person.email, person.language
        gone = delete_account(person, now)
        send_goodbye(email, language)
        return Response({"deleted": gone})
