"""What does a clinician's work list say: why to look at whom, in one sentence with its numbers?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.analytics.reasons import REASONS
from diary.clock import local_date
from diary.evidence.thresholds import LEAST_CONSISTENT
from diary.wording import cards
from diary.wording.lengths import about, clock, day, days_ago

GROUPS = {
    "red_flag": gettext_lazy("Red flag recorded"),
    "pattern": gettext_lazy("New or stronger pattern"),
    "shortening": gettext_lazy("Pain-free distance shortening by about 30 % or more"),
    "enough": gettext_lazy("Now enough data"),
    "quiet": gettext_lazy("Gone quiet"),
    "no_clear_change": gettext_lazy("No clear change"),
    "not_enough": gettext_lazy("Not enough data yet"),
}
SORTS = {
    "reason": gettext_lazy("Reason to look"),
    "last": gettext_lazy("Last entry"),
    "name": gettext_lazy("Name"),
}
FLAGS = {
    "acute_limb_ischaemia": gettext_lazy("acute limb ischaemia"),
    "chronic_limb_threatening_ischaemia": gettext_lazy("chronic limb-threatening ischaemia"),
    "deep_vein_thrombosis": gettext_lazy("deep vein thrombosis"),
    "pulmonary_embolism": gettext_lazy("pulmonary embolism"),
    "cauda_equina": gettext_lazy("cauda equina syndrome"),
    "progressive_weakness": gettext_lazy("progressive weakness"),
    "tendon_or_muscle_rupture": gettext_lazy("tendon or muscle rupture"),
    "infection_or_fracture": gettext_lazy("infection or fracture"),
    "cardiac_symptoms": gettext_lazy("cardiac symptoms"),
    "exertional_pain_in_a_younger_person": gettext_lazy("exertional leg pain before 50"),
    "claudication_pattern": gettext_lazy("claudication"),
    "severe_pain": gettext_lazy("severe pain"),
    "persistent_pain": gettext_lazy("persistent pain"),
    "swelling_or_numbness": gettext_lazy("swelling or numbness"),
}
LEANINGS = {
    "vascular": gettext_lazy(", leaning to the arteries"),
    "neurogenic": gettext_lazy(", leaning to the spine"),
    "both": gettext_lazy(", leaning to arteries and spine"),
}
# How long the workers may take before a work list says that it is behind.
BEHIND_AFTER_S = 15
NOT_NAMED = gettext_lazy("No name given")
NEW_REASON = gettext_lazy(
    "Not ticked off: something new was recorded since you saw the line. Read it again. A note that "
    "you wrote is kept with your notes on the patient's page."
)
NOTE_KEPT = gettext_lazy("Your note is kept with the review, on the patient's page.")
LIMIT = gettext_lazy(
    "Self-reported by patients. Nobody is alerted by a diary: this list shows what was recorded "
    "when you look. It describes diaries and makes no diagnosis."
)


@dataclass(frozen=True)
class Line:
    """One patient in the work list."""

    url: str
    reason: str  # the mark of what is shown, which a tick says back
    name: str
    sentence: str
    last_entry: str
    spark: SafeString
    behind: str  # that the diary has moved on and the line has not, where it is so


@dataclass(frozen=True)
class Group:
    """Lines with the same reason to look, and how many there are in all."""

    code: str
    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Tally:
    """A group's name and how many patients are in it."""

    code: str
    name: str
    count: int
    chosen: bool


def named(share: Any) -> str:
    """A patient's name as they wrote it; where they wrote none, the address that invited."""
    owner = share.diary.owner
    if owner.name or not share.email:
        return str(owner.name or NOT_NAMED)
    return f"{NOT_NAMED} ({owner.email})"


def line(share: Any, now: datetime, system: str) -> Line:
    """A share that is open, its diary's owner loaded, as a line as of the patient's today."""
    today = local_date(now, share.diary.owner.time_zone)
    return Line(
        reverse("patient-show", args=[share.uid]),
        share.reason,
        named(share),
        sentence(share.standing, REASONS[share.rank], system),
        last_entry(share.last_entry_on, today),
        SafeString(share.spark),  # numbers alone, written by charts.spark
        _line_behind(share.behind_since, now) if share.standing else "",
    )


def grouped(shares: list[Any], now: datetime, system: str) -> list[Group]:
    """Shares in the order of their rank, as groups of lines."""
    groups: list[Group] = []
    for share in shares:
        code = "reviewed" if share.reviewed else REASONS[share.rank]
        if not groups or groups[-1].code != code:
            name = _("Reviewed") if share.reviewed else str(GROUPS[code])
            groups.append(Group(code, name, []))
        groups[-1].lines.append(line(share, now, system))
    return groups


def tallies(counts: Mapping[str, int], chosen: str) -> list[Tally]:
    """Every group with its count, zeros too: a group that is empty says so."""
    named = {**{code: str(name) for code, name in GROUPS.items()}, "reviewed": _("Reviewed")}
    return [Tally(code, name, counts.get(code, 0), code == chosen) for code, name in named.items()]


def sentence(facts: Mapping[str, Any] | None, code: str, system: str) -> str:
    """Why to look at a diary, with the numbers behind it."""
    if facts is None:
        return _("Being worked out. Nothing can be said of this diary yet.")
    return SENTENCES[code](facts, system)


def _red_flag(facts: Mapping[str, Any], system: str) -> str:
    first, *others = facts["flags"]
    what = [cards.listed(cards.reason(code) for code in first["reasons"])]
    if first["entries"]:
        what.append(ngettext("in %s entry", "in %s entries", first["entries"]) % first["entries"])
    if first["latest"]:
        what.append(_("last on %s") % day(date.fromisoformat(first["latest"])))
    said = _("%(urgency)s: %(what)s.") % {
        "urgency": cards.URGENCIES[first["urgency"]],
        "what": ", ".join(what),
    }
    meaning = (
        _("That can mean %(flag)s. Besides, signs of %(others)s (%(n)s).")
        if others
        else _("That can mean %(flag)s (%(n)s).")
    )
    meaning %= {
        "flag": FLAGS[first["flag"]],
        "others": cards.listed(str(FLAGS[flag["flag"]]) for flag in others),
        "n": _counted(facts),
    }
    return f"{said} {meaning}"


def _pattern(facts: Mapping[str, Any], system: str) -> str:
    said = {
        "present": _("Claudication-style pattern present%(leans)s: %(middle)s (%(n)s)."),
        "possible": _("Claudication-style pattern possible%(leans)s: %(middle)s (%(n)s)."),
    }[facts["claudication"]]
    leans = LEANINGS.get(facts["leaning"], "")
    return said % {"leans": leans, "middle": _middle(facts, system), "n": _counted(facts)}


def _shortening(facts: Mapping[str, Any], system: str) -> str:
    ratio = facts["ratio_per_30_days"]
    if facts["direction"] == "shortening" and ratio is not None:
        return _("Shorter by about %(change)s %% in 30 days: now %(middle)s (%(n)s).") % {
            "change": f"{(1 - ratio) * 100:.0f}",
            "middle": _middle(facts, system),
            "n": _counted(facts),
        }
    return _("Shorter than at your last review: now %(middle)s (%(n)s).") % {
        "middle": _middle(facts, system),
        "n": _counted(facts),
    }


def _enough(facts: Mapping[str, Any], system: str) -> str:
    return _("Enough recorded to be read: %(middle)s (%(n)s).") % {
        "middle": _middle(facts, system),
        "n": _counted(facts),
    }


def _quiet(facts: Mapping[str, Any], system: str) -> str:
    return _("Nothing recorded lately, which does not show how things are: before, %(n)s.") % {
        "n": _counted(facts)
    }


def _no_clear_change(facts: Mapping[str, Any], system: str) -> str:
    known = {
        "present": _("Claudication-style pattern present, as at your last review. "),
        "possible": _("Claudication-style pattern possible, as at your last review. "),
    }.get(facts["claudication"], "")
    said = _("No clear change can be shown, which is not the same as none: %(middle)s (%(n)s).")
    return known + said % {"middle": _middle(facts, system), "n": _counted(facts)}


def _not_enough(facts: Mapping[str, Any], system: str) -> str:
    return _(
        "Not enough yet: %(n)s, of about %(wanted)s onsets needed. It does not mean that nothing "
        "is wrong."
    ) % {"n": _counted(facts), "wanted": LEAST_CONSISTENT}


SENTENCES = {
    "red_flag": _red_flag,
    "pattern": _pattern,
    "shortening": _shortening,
    "enough": _enough,
    "quiet": _quiet,
    "no_clear_change": _no_clear_change,
    "not_enough": _not_enough,
}


def _middle(facts: Mapping[str, Any], system: str) -> str:
    """The middle distance before pain with its interval."""
    if facts["median_m"] is None:
        return _("no middle distance before pain can be given")
    if facts["median_m"] == 0:
        return _("pain mostly from the first steps")
    if facts["low_m"] is None or facts["high_m"] is None:
        return _("%s before pain") % about(facts["median_m"], system)
    return _("%(median)s before pain (95 %% %(low)s to %(high)s)") % {
        "median": about(facts["median_m"], system),
        "low": about(facts["low_m"], system),
        "high": about(facts["high_m"], system),
    }


def _counted(facts: Mapping[str, Any]) -> str:
    walks = ngettext("%(n)s walk", "%(n)s walks", facts["walks"]) % {"n": facts["walks"]}
    onsets = ngettext("%(n)s onset", "%(n)s onsets", facts["onsets"]) % {"n": facts["onsets"]}
    return f"{walks}, {onsets}"


def last_entry(last: date | None, today: date) -> str:
    """How old the newest entry is."""
    return _("Last entry %s") % days_ago(last, today) if last else _("No entries that are shared")


def _line_behind(since: datetime | None, now: datetime) -> str:
    if since is None or (now - since).total_seconds() <= BEHIND_AFTER_S:
        return ""
    return _("Not up to date: what was recorded since %s may not be in this line.") % _moment(since)


def behind(since: datetime | None, now: datetime) -> str:
    """That the list is older than the diaries, where it is by more than the workers need."""
    if since is None or (now - since).total_seconds() <= BEHIND_AFTER_S:
        return ""
    return _(
        "This list is behind: what was recorded since %s may not be in it yet. Open a patient to "
        "see everything."
    ) % _moment(since)


def _moment(when: datetime) -> str:
    local = timezone.localtime(when)
    return f"{formats.date_format(local, 'MONTH_DAY_FORMAT')}, {clock(local)}"
