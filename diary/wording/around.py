"""How is the onset before and after a change told, without a word of cause?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.evidence.thresholds import AROUND_DAYS, AROUND_LEAST
from diary.wording import labels
from diary.wording.lengths import about, day


def before_and_after(changes: list[dict[str, Any]], system: str) -> list[str]:
    """One line for each change, the latest first."""
    return [
        _("%(what)s, %(day)s: before it %(before)s; after it %(after)s.")
        % {
            "what": labels.CHANGE_KINDS[change["kind"]],
            "day": day(date.fromisoformat(change["date"])),
            "before": _side(change["before"], system),
            "after": _side(change["after"], system),
        }
        for change in reversed(changes)
    ]


def _side(side: dict[str, Any], system: str) -> str:
    walks = ngettext("%s walk", "%s walks", side["onsets"]) % side["onsets"]
    if side["median_m"] is None:
        if not side["walks"]:
            return _("no walks were recorded")
        if side["onsets"] >= AROUND_LEAST:
            return _("the middle distance was not reached (pain on %s)") % walks
        return _(
            "not enough to say (pain after a known distance on %(walks)s, %(wanted)s wanted)"
        ) % {
            "walks": walks,
            "wanted": AROUND_LEAST,
        }
    if side["low_m"] is None:
        return _("mostly from the first steps (%s)") % walks
    return _("about %(median)s (likely %(low)s to %(high)s, %(walks)s)") % {
        "median": about(side["median_m"], system),
        "low": about(side["low_m"], system),
        "high": about(side["high_m"], system),
        "walks": walks,
    }


def limit() -> str:
    """What the comparison is, and what it is not."""
    return (
        _(
            "The middle distance before pain in the %s days on either side. This compares times, "
            "not causes: other things changed too, and people often start something new when their "
            "leg is at its worst."
        )
        % AROUND_DAYS
    )
