"""How is a patient's entry told in full to a clinician, by the patient's own clock?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diary.clock import local_time
from diary.wording import labels, rows
from diary.wording.lengths import day, duration, length, weekday
from diary.wording.recorded import measured_by, number

SHAPES = {
    "walk": gettext_lazy("Walks"),
    "check_in": gettext_lazy("Check-ins"),
    "change": gettext_lazy("Changes and treatments"),
    "measurement": gettext_lazy("Measurements"),
}
NONE_YET = {
    "walk": gettext_lazy("No walks in the days that are shared."),
    "check_in": gettext_lazy("No check-ins in the days that are shared."),
    "change": gettext_lazy("No changes in the days that are shared."),
    "measurement": gettext_lazy("No measurements in the days that are shared."),
}


@dataclass(frozen=True)
class Entry:
    """One row: when, what it says line by line, and its note."""

    key: str
    when: str
    zone: str  # where it is another than the patient's own
    text: str
    lines: list[str]
    mark: str
    note: str


def entries(some: Iterable[Any], system: str, zone: str) -> list[Entry]:
    """Rows of one shape as they are read."""
    return [_entry(row, system, zone) for row in some]


def _entry(row: Any, system: str, zone: str) -> Entry:
    own = row.time_zone or zone if row.shape == "walk" else zone
    text, lines, mark = TOLD[row.shape](row, system)
    return Entry(
        str(getattr(row, row.key)),
        _when(row, own),
        own if own != zone else "",
        text,
        lines,
        mark,
        row.notes,
    )


def _when(row: Any, zone: str) -> str:
    if row.shape == "walk":
        return weekday(local_time(row.started_at, zone))
    return weekday(row.date)


def _walk(walk: Any, system: str) -> tuple[str, list[str], str]:
    about = [
        _named(labels.DISTANCE_SOURCES, walk.distance_source),
        _named(labels.TERRAINS, walk.terrain),
        _named(labels.PACES, walk.pace),
        "" if walk.walking_aid in (None, "none") else _named(labels.WALKING_AIDS, walk.walking_aid),
        _("shoes: %s") % walk.footwear if walk.footwear else "",
    ]
    lines = [_listed(about)]
    if walk.clock_suspect:
        lines.append(_("Time in doubt: not counted"))
    if not walk.pain_recorded:
        return rows.walked(walk, system), [*_some(lines), _("Pain not recorded")], "not_recorded"
    pains = list(walk.episodes.all())
    if not pains:
        return rows.walked(walk, system), [*_some(lines), _("No leg pain")], "pain_free"
    lines += [pain(each, system) for each in pains]
    return rows.walked(walk, system), _some(lines), "pain"


def pain(episode: Any, system: str) -> str:
    """One pain of a walk, everything that was recorded of it."""
    said = rows.first_pain([episode], system)
    said += [
        _named(labels.ONSETS, episode.onset),
        _several(labels.QUALITIES, episode.qualities),
        _("ran to %s") % _several(labels.SITES, episode.spread_to) if episode.spread_to else "",
        _named(labels.RESPONSES, episode.response),
        _("stopped after %s") % length(episode.stopped_distance_m, system)
        if episode.stopped_distance_m is not None
        else "",
        _named(labels.COURSES, episode.course_while_walking),
        *_rest(episode),
    ]
    return _listed(said)


def _rest(episode: Any) -> list[str]:
    said = []
    if episode.rest_posture:
        said.append(_("rest: %s") % _named(labels.POSTURES, episode.rest_posture))
    if episode.rest_s is not None:
        said.append(_("rested %s") % duration(episode.rest_s))
    if episode.relief:
        said.append(_named(labels.RELIEFS, episode.relief))
    if episode.relief_s is not None:
        said.append(_("after %s") % duration(episode.relief_s))
    if episode.resumed is not None:
        said.append(_("walked on") if episode.resumed else _("did not walk on"))
    return said


def _check_in(check_in: Any, system: str) -> tuple[str, list[str], str]:
    line = rows.line(check_in, system)
    began = check_in.signs_began
    first = [_("The first sign began on %s") % day(began)] if began else []
    return line.text, [line.detail, *first], ""


def _change(change: Any, _system: str) -> tuple[str, list[str], str]:
    until = [_("until %s") % day(change.until)] if change.until else []
    return str(labels.CHANGE_KINDS[change.kind]), until, ""


def _measurement(measurement: Any, system: str) -> tuple[str, list[str], str]:
    kind, value = str(labels.MEASUREMENT_KINDS[measurement.kind]), measurement.value
    told = f"{kind}: {number(value, measurement.kind)}"
    return told, [measured_by(measurement.entered_through)], ""


TOLD = {
    "walk": _walk,
    "check_in": _check_in,
    "change": _change,
    "measurement": _measurement,
}


def _named(words: dict[str, Any], code: str | None) -> str:
    return str(words[code]) if code else ""


def _several(words: dict[str, Any], codes: list[str] | None) -> str:
    return ", ".join(str(words[code]) for code in codes or ())


def _listed(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _some(lines: list[str]) -> list[str]:
    return [line for line in lines if line]
