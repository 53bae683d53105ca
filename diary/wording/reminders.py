"""When is a reminder sent, in words?"""

from __future__ import annotations

from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from diary.wording.lengths import clock


def state(reminder: Any) -> str:
    """One line for the settings page."""
    if reminder is None or reminder.next_at is None:
        return _("Off. You can have one short e-mail at a time that you choose.")
    at = clock(reminder.at)
    if len(reminder.weekdays) == len(WEEKDAYS):
        return _("On: every day at %(time)s.") % {"time": at}
    days = ", ".join(str(WEEKDAYS[day]) for day in sorted(reminder.weekdays))
    return _("On: at %(time)s on %(days)s.") % {"time": at, "days": days}
