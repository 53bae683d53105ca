"""How is one entry said in one line?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.clock import local_time
from diary.rules import first_onset
from diary.wording import body, labels
from diary.wording.lengths import day, duration, length, weekday


@dataclass(frozen=True)
class Line:
    """One entry for a list: its day, what it says, and where it is opened, deleted, restored."""

    shape: str
    key: str
    when: str
    text: str
    detail: str
    mark: str  # 'pain', 'pain_free', 'not_recorded' or '' for the sign beside a walk
    edit_url: str
    delete_url: str
    restore_url: str


def line(row: Any, system: str) -> Line:
    """Any row of a diary as a line."""
    key = str(getattr(row, row.key))
    name = row.shape.replace("_", "-")
    text, detail, mark = {
        "walk": _walk,
        "check_in": _check_in,
        "change": _change,
        "measurement": _measurement,
        "route": _route,
    }[row.shape](row, system)
    return Line(
        row.shape,
        key,
        _when(row),
        text,
        detail,
        mark,
        reverse(f"{name}-edit", args=[key]),
        reverse("row-delete", args=[row.shape, key]),
        reverse("row-restore", args=[row.shape, key]),
    )


def conflict(stored: Any, system: str) -> str:
    """What a form says where the entry was saved from somewhere else meanwhile."""
    if stored.shape == "profile":
        return _(
            "What is known about you was saved somewhere else meanwhile. Your answers are below "
            "and not saved yet. Save again to replace it, or leave the page to keep it."
        )
    other = line(stored, system)
    parts = [other.when, other.text, other.detail, getattr(stored, "notes", "")]
    if stored.deleted_at is not None:
        return _(
            "This entry was deleted, here or on another device. Your answers are below and not "
            "saved yet. The deleted version says: %s. Save again to keep yours, or bring the other "
            "back from the deleted entries."
        ) % " · ".join(part for part in parts if part)
    return _(
        "This entry was saved somewhere else meanwhile. Your answers are below and not saved yet. "
        "The saved version says: %s. Save again to replace it, or leave the page to keep it."
    ) % " · ".join(part for part in parts if part)


def _when(row: Any) -> str:
    if row.shape == "walk":
        return weekday(local_time(row.started_at, row.time_zone))
    return weekday(row.date) if row.shape != "route" else ""


def _walk(walk: Any, system: str) -> tuple[str, str, str]:
    pains = list(walk.episodes.all())
    text = walked(walk, system)
    if walk.clock_suspect:
        return text, _("Time in doubt: not counted yet"), "not_recorded"
    if not walk.pain_recorded:
        return text, _("Pain not recorded"), "not_recorded"
    if not pains:
        return text, _("No leg pain"), "pain_free"
    return text, " · ".join(first_pain(pains, system)), "pain"


def walked(walk: Any, system: str) -> str:
    """How far and how long a walk was."""
    parts = []
    if walk.distance_m is not None:
        parts.append(length(walk.distance_m, system))
    if walk.duration_s is not None:
        parts.append(duration(walk.duration_s))
    return ", ".join(parts)


def first_pain(pains: list[Any], system: str) -> list[str]:
    """What the first pain of a walk was, and how many there were."""
    pain = pains[first_onset([pain.onset_distance_m for pain in pains])]
    said = []
    if pain.onset_distance_m == 0:
        said.append(_("Pain from the first step"))
    elif pain.onset_distance_m is not None:
        said.append(_("Pain after %s") % length(pain.onset_distance_m, system))
    elif pain.onset_s is not None:
        said.append(_("Pain after %s") % duration(pain.onset_s))
    else:
        said.append(_("Pain"))
    if pain.site:
        said.append(body.named(pain.site, pain.side))
    if pain.intensity is not None:
        said.append(_("%s of 10") % pain.intensity)
    if len(pains) > 1:
        more = len(pains) - 1
        said.append(ngettext("and %s more pain", "and %s more pains", more) % more)
    return said


def _check_in(check_in: Any, system: str) -> tuple[str, str, str]:
    said = []
    if check_in.pain_at_rest is not None:
        said.append(_("Pain at rest %s of 10") % check_in.pain_at_rest)
    if check_in.night_pain:
        said.append(_("Pain at night"))
    elif check_in.night_pain is not None:
        said.append(_("No pain at night"))
    if check_in.morning_stiffness_s is not None:
        said.append(_("Stiff for %s") % duration(check_in.morning_stiffness_s))
    if check_in.sites:
        said.append(_("Sore: %s") % ", ".join(str(labels.SITES[site]) for site in check_in.sites))
    elif check_in.sites is not None:
        said.append(_("Nowhere sore"))
    if check_in.side:
        said.append(str(labels.SIDES[check_in.side]))
    if check_in.signs:
        said += [str(labels.SIGNS[sign]) for sign in check_in.signs]
    elif check_in.signs is not None:
        said.append(_("None of the signs asked for"))
    return _("Check-in"), " · ".join(said) or _("Nothing was answered"), ""


def _change(change: Any, system: str) -> tuple[str, str, str]:
    text = str(labels.CHANGE_KINDS[change.kind])
    detail = _("until %s") % day(change.until) if change.until else ""
    return text, detail or change.notes[:80], ""


def _measurement(measurement: Any, system: str) -> tuple[str, str, str]:
    number = formats.number_format(round(measurement.value, 2))
    by = measurement.entered_through
    if by:
        said = {"number": number, "name": by.name, "role": by.role}
        number = _("%(number)s, entered by %(name)s, %(role)s") % said
    return str(labels.MEASUREMENT_KINDS[measurement.kind]), number, ""


def _route(route: Any, system: str) -> tuple[str, str, str]:
    return route.title, length(route.distance_m, system), ""


def deleted(row: Any) -> str:
    """What is said after a deletion."""
    words = {
        "walk": _("The walk is deleted. You can bring it back for 30 days."),
        "check_in": _("The check-in is deleted. You can bring it back for 30 days."),
        "change": _("The change is deleted. You can bring it back for 30 days."),
        "measurement": _("The measurement is deleted. You can bring it back for 30 days."),
        "route": _("The route is deleted. You can bring it back for 30 days."),
    }
    return words[row.shape]
