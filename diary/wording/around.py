"""How is the onset before and after a change told, without a word of cause?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.wording import labels
from diary.wording.lengths import about, day

# What the comparison takes on each side, as the analysis counts it.
ONSETS_WANTED = 5


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
        if side["onsets"] >= ONSETS_WANTED:
            return _("the middle distance was not reached (pain on %s)") % walks
        return _(
            "not enough to say (pain after a known distance on %(walks)s, %(wanted)s wanted)"
        ) % {
            "walks": walks,
            "wanted": ONSETS_WANTED,
        }
    if side["low_m"] is None:
        return _("mostly from the first steps (%s)") % walks
    return _("about %(median)s (likely %(low)s to %(high)s, %(walks)s)") % {
        "median": about(side["median_m"], system),
        "low": about(side["low_m"], system),
        "high": about(side["high_m"], system),
        "walks": walks,
    }
