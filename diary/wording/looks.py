"""How is a diary's owner told who has looked, at what and when?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, pgettext

from diary.models.steps import State
from diary.wording.lengths import clock
from diary.wording.sharing import who

# What somebody did with a diary, as `answers.READINGS` names it.
READINGS = {
    "work_list": _lazy("the line about your diary in their list"),
    "summary": _lazy("the summary"),
    "review": _lazy("the line about your diary in their list, to tick it off"),
    "comparison": _lazy("the comparison of two times"),
    "note": _lazy("the page for notes of their own"),
    "text": _lazy("the summary as text to copy"),
    "pdf": _lazy("the report as a PDF file"),
    "fhir": _lazy("the report as a file for a clinic's system (FHIR)"),
    "entries": _lazy("the entries"),
    "csv": _lazy("the entries as a file for a spreadsheet (CSV)"),
    "measurement": _lazy("the page to add a measurement"),
}
TOLD_AT_ONCE = 3  # times of a line that are named in it; more are folded below


@dataclass
class Look:
    """What one person did on one day, as often as they did it."""

    who: str
    what: str
    refused: str  # why nothing was shown; '' where it was
    times: list[datetime]  # newest first

    @property
    def text(self) -> str:
        """What, how often and when: 'the summary, 4 times from 14:02 to 16:40'."""
        if len(self.times) == 1:
            return _("%(what)s, %(first)s") % {"what": self.what, "first": _clock(self.times[0])}
        first, last = _clock(self.times[-1]), _clock(self.times[0])
        times = {"what": self.what, "n": len(self.times), "first": first, "last": last}
        if first == last:
            words = ngettext(
                "%(what)s, %(n)s time at %(first)s",
                "%(what)s, %(n)s times at %(first)s",
                len(self.times),
            )
        elif self.each:
            words = ngettext(
                "%(what)s, %(n)s time from %(first)s to %(last)s",
                "%(what)s, %(n)s times from %(first)s to %(last)s",
                len(self.times),
            )
        else:
            times["all"] = ", ".join(self._minutes())
            words = ngettext(
                "%(what)s, %(n)s time: %(all)s", "%(what)s, %(n)s times: %(all)s", len(self.times)
            )
        return words % times

    @property
    def each(self) -> list[str]:
        """Every time, oldest first, where the line itself does not name them all."""
        minutes = self._minutes()
        return minutes if len(minutes) > TOLD_AT_ONCE else []

    def _minutes(self) -> list[str]:
        counted = Counter(_clock(at) for at in reversed(self.times))
        return [_several(at, count) for at, count in counted.items()]


def _several(at: str, count: int) -> str:
    if count == 1:
        return at
    return ngettext("%(at)s (%(n)s time)", "%(at)s (%(n)s times)", count) % {"at": at, "n": count}


@dataclass
class Day:
    """What others did with the diary on one day."""

    name: str
    looks: list[Look] = field(default_factory=list)


def looks(records: Iterable[Any]) -> list[Day]:
    """What others did, given newest first: by day, all of one person and kind as one line."""
    days: list[Day] = []
    of_day: dict[Any, Look] = {}
    on: date | None = None
    for record in records:
        if timezone.localdate(record.at) != on:
            on, of_day = timezone.localdate(record.at), {}
            days.append(Day(formats.date_format(on, pgettext("date format", "l j F Y"))))
        look = look_of(record)
        kind = (record.person_id or record.share_id, look.who, record.reading, look.refused)
        if kind in of_day:
            of_day[kind].times.append(record.at)
        else:
            of_day[kind] = look
            days[-1].looks.append(look)
    return days


def newest(days: Iterable[Day], most: int) -> list[Day]:
    """The first `most` lines of `looks`."""
    left, shown = most, []
    for each in days:
        shown.append(Day(each.name, each.looks[:left]))
        left -= len(each.looks)
        if left <= 0:
            break
    return shown


def look_of(record: Any) -> Look:
    """What one record says."""
    return Look(who(record), str(READINGS[record.reading]), _refused(record), [record.at])


def _refused(record: Any) -> str:
    if not record.refused:
        return ""
    share = record.share
    if share.ended_at and record.at >= share.ended_at:
        if share.state == State.LEFT:
            return _("Refused: they had given it up. Nothing was shown.")
        return _("Refused: you had stopped sharing. Nothing was shown.")
    if record.at >= share.ends_at:
        return _("Refused: the time was over. Nothing was shown.")
    return _("Refused: this was not shared with them. Nothing was shown.")


def _clock(when: datetime) -> str:
    return clock(timezone.localtime(when))
