"""Who may ask the clinic, and which diary does an address mean?"""

from __future__ import annotations

import uuid

from django.contrib.sessions.backends.base import UpdateError
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed

from diary.access import reading
from diary.api.problems import Refusal
from diary.api.views.diary import PersonalView
from diary.door import Door, door, note_seen, stepped_up
from diary.shared import Shared


class ClinicView(PersonalView):
    """A view for a clinician who gave a second factor in this session, and not long ago."""

    leaving = False  # whether something goes out of the clinic, which asks for it once more

    def admit(self) -> None:
        person, session, now = self.request.user, self.request.auth, timezone.now()
        standing = door(person, session, now)
        if standing is Door.NONE:
            raise Http404
        if standing is Door.SECOND_FACTOR:
            raise Refusal("second_factor_needed")
        if standing is Door.LOCKED:
            raise Refusal("second_factor_again")
        if note_seen(session, now):
            try:
                session.save()
            except UpdateError:  # signed out at this very moment
                raise AuthenticationFailed from None
        if self.leaving and not stepped_up(person, session, now):
            raise Refusal("second_factor_again")


class PatientView(ClinicView):
    """A view of one diary that is shared with the clinician."""

    def shared(self, uid: uuid.UUID, what: str) -> Shared:
        """The diary as far as it is shared, the reading written down; or 404."""
        return reading(self.request.user, uid, what, timezone.now())
