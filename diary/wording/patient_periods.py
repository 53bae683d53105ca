"""How are two periods of a diary told side by side, without a word more than they show?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.evidence.thresholds import (
    AROUND_LEAST,
    COMPARED_DAYS,
    COMPARED_ONSETS,
    COMPARED_SHARE,
)
from diary.rules import Fault
from diary.wording import refusals
from diary.wording.lengths import about, day, duration, length, plain
from diary.wording.patient import completeness, sources

Side = Mapping[str, Any]


@dataclass(frozen=True)
class Comparison:
    """Two periods: what may be said of the difference, and each thing of both in one row."""

    sentence: str
    also: list[str]
    heads: list[str]
    rows: list[tuple[str, str, str]]
    limit: str


def comparison(compared: Mapping[str, Any], since: date | None, system: str) -> Comparison:
    """What `analytics.periods.compared` found, in words."""
    sides = (compared["earlier"], compared["later"])
    rows: list[tuple[str, Callable[[Side], str]]] = [
        (_("Days with entries"), completeness),
        (_("Walks"), _walks),
        (_("Walked in all"), lambda side: _walked(side, system)),
        (_("Middle distance before pain"), lambda side: _onset(side, system)),
        (_("Rests, and middle time to relief"), _relief),
        (_("Pain on walks, 0 to 10"), _pain),
        (_("Pain at rest, worst"), _at_rest),
        (_("Nights with pain"), _nights),
        (_("How distances were obtained"), lambda side: sources(side["distance_sources"], False)),
    ]
    return Comparison(
        sentence(compared, system),
        [*_hidden(compared, since), *_less(compared)],
        [_span(side) for side in sides],
        [(name, tell(sides[0]), tell(sides[1])) for name, tell in rows],
        _(
            "Self-reported. Pace, ground, weather and what was left out can make two periods "
            "differ, or hide that they do."
        ),
    )


def sentence(compared: Mapping[str, Any], system: str) -> str:
    """What may be said of the difference: a direction only where the gates let it."""
    earlier, later = compared["earlier"], compared["later"]
    numbers = {
        "now": _short(later, system),
        "before": _short(earlier, system),
        "onsets": COMPARED_ONSETS,
        "days": COMPARED_DAYS,
        "share": f"{COMPARED_SHARE:.0%}",
        "n": later["onset"]["onsets"],
        "m": earlier["onset"]["onsets"],
    }
    words = {
        "out_of_order": refusals.sentence(Fault("", "out_of_order")),
        "overlapping": _("The two periods overlap, so they are not compared."),
        "not_enough": _(
            "That is not enough to compare: %(m)s onsets at a known distance in the earlier period "
            "and %(n)s in the later; at least %(onsets)s on %(days)s days are needed in each, and "
            "entries on %(share)s of its days up to its last week. It does not mean that things "
            "are the same."
        ),
        "mixed_sources": _(
            "The walks of the two periods were measured in different ways, so their distances are "
            "not compared."
        ),
        "shorter": _(
            "The distance before pain was shorter in the later period: middle value %(before)s in "
            "the earlier, %(now)s in the later. Pace, hills and weather can do this."
        ),
        "longer": _(
            "The distance before pain was longer in the later period: middle value %(before)s in "
            "the earlier, %(now)s in the later. Pace, ground, weather and shorter walks can do "
            "this."
        ),
        "no_clear_difference": _(
            "No clear difference between the two periods can be shown from these entries: middle "
            "value %(before)s in the earlier, %(now)s in the later. That is not the same as no "
            "change."
        ),
    }
    return words[compared["state"]] % numbers


def _short(side: Side, system: str) -> str:
    onset = side["onset"]
    if onset["median_m"] is None:
        return ""
    words = ngettext("%(middle)s (%(n)s walk)", "%(middle)s (%(n)s walks)", onset["onsets"])
    return words % {
        "middle": about(onset["median_m"], system),
        "n": onset["onsets"],
    }


def _less(compared: Mapping[str, Any]) -> list[str]:
    if not compared["less_of_both"]:
        return []
    return [
        _(
            "Less pain was recorded in the later period, and also less walking for each day with "
            "entries. Less pain alone does not show improvement."
        )
    ]


def _hidden(compared: Mapping[str, Any], since: date | None) -> list[str]:
    """That a period reaches back before what is shared: hidden is not the same as missing."""
    if since is None or compared["earlier"]["first"] > since:
        return []
    return [_("Only days from %s on are shared: nothing before it is counted.") % day(since)]


def _span(side: Side) -> str:
    if side["span_days"] == 0:
        return _("No day of this period is shared")
    return _("%(first)s to %(last)s") % {"first": day(side["first"]), "last": day(side["last"])}


def _walks(side: Side) -> str:
    words = _("%(total)s: %(with_pain)s with pain, %(pain_free)s without, %(not_recorded)s not "
              "recorded")  # fmt: skip
    return words % side["walks"]


def _walked(side: Side, system: str) -> str:
    walked = side["walked"]
    if not walked["n"]:
        return _("no distances recorded")
    return ngettext("%(sum)s on %(n)s walk", "%(sum)s on %(n)s walks", walked["n"]) % {
        "sum": length(walked["m"], system),
        "n": walked["n"],
    }


def _onset(side: Side, system: str) -> str:
    onset = side["onset"]
    if onset["median_m"] is None or onset["low_m"] is None or onset["high_m"] is None:
        return _("not enough yet (n = %(n)s, %(wanted)s wanted)") % {
            "n": onset["onsets"],
            "wanted": AROUND_LEAST,
        }
    return _("%(middle)s (95 %% interval %(low)s to %(high)s, n = %(n)s)") % {
        "middle": about(onset["median_m"], system),
        "low": about(onset["low_m"], system),
        "high": about(onset["high_m"], system),
        "n": onset["onsets"],
    }


def _relief(side: Side) -> str:
    rests = side["relief"]
    if not rests["episodes"]:
        return _("not recorded")
    counted = _("%(relieved)s of %(episodes)s eased") % rests
    if rests["median_s"] is None:
        return _("%s; times not recorded") % counted if not rests["timed"] else counted
    told = {"counted": counted, "time": duration(rests["median_s"]), "n": rests["timed"]}
    return _("%(counted)s; middle %(time)s (n = %(n)s)") % told


def _pain(side: Side) -> str:
    pain = side["pain"]
    if not pain["n"]:
        words = ngettext(
            "not recorded (0 of %(of)s pain)", "not recorded (0 of %(of)s pains)", pain["of"]
        )
        return words % pain
    words = ngettext(
        "middle %(middle)s, worst %(worst)s (%(n)s of %(of)s pain)",
        "middle %(middle)s, worst %(worst)s (%(n)s of %(of)s pains)",
        pain["of"],
    )
    return words % {
        **pain,
        "middle": plain(pain["middle"]),
        "worst": plain(pain["worst"]),
    }


def _at_rest(side: Side) -> str:
    told = side["check_ins"]["pain_at_rest"]
    if not told["of"]:
        return _("not recorded")
    return _("%(worst)s of 10 (days that told: %(of)s)") % {
        **told,
        "worst": plain(told["worst"]),
    }


def _nights(side: Side) -> str:
    told = side["check_ins"]["night_pain"]
    return _("%(n)s (days that told: %(of)s)") % told if told["of"] else _("not recorded")
