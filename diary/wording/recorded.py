"""What do check-ins and measurements say, in counts with how many told, and who measured?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.wording import labels
from diary.wording.lengths import day, duration, plain

BY_CLINICIAN = gettext_lazy("entered by a clinician")


def check_ins(counted: Mapping[str, Any]) -> list[str]:
    """What the check-ins say, each with how many told of it; nobody asked is not a none."""
    n = counted["days"]
    if not n:
        return [_("No check-ins in the days that are shared.")]
    return [
        ngettext("%s check-in.", "%s check-ins.", n) % n,
        _pain_at_rest(counted["pain_at_rest"]),
        _told(
            counted["night_pain"],
            _("Pain at night: not recorded."),
            _("Pain at night: none (days that told: %(of)s)."),
            _("Pain at night: %(n)s (days that told: %(of)s), last on %(latest)s."),
        ),
        _stiffness(counted["morning_stiffness"]),
    ]


def _pain_at_rest(told: Mapping[str, Any]) -> str:
    words = _("Pain at rest: %(n)s (days that told: %(of)s), worst %(worst)s of 10, last on "
              "%(latest)s.")  # fmt: skip
    return _told(
        {**told, "worst": plain(told["worst"] or 0)},
        _("Pain at rest: not recorded."),
        _("Pain at rest: none (days that told: %(of)s)."),
        words,
    )


def _stiffness(told: Mapping[str, Any]) -> str:
    words = _("Morning stiffness: %(n)s (days that told: %(of)s), longest %(longest)s, last on "
              "%(latest)s.")  # fmt: skip
    return _told(
        {**told, "longest": duration(told["longest_s"] or 0)},
        _("Morning stiffness: not recorded."),
        _("Morning stiffness: none (days that told: %(of)s)."),
        words,
    )


def _told(told: Mapping[str, Any], never: str, none: str, some: str) -> str:
    if not told["of"]:
        return never
    if not told["n"]:
        return none % told
    return some % {**told, "latest": day(date.fromisoformat(str(told["latest"])))}


def signs(counted: Mapping[str, Any]) -> list[str]:
    """Each sign that was ticked, with its days; in how many check-ins nobody answered."""
    asked = counted["signs"]
    if not asked["of"]:
        return [_("Signs: asked for in no check-in that was answered.")]
    return [answered(counted), *(sign(row, asked["of"]) for row in asked["ticked"])]


def answered(counted: Mapping[str, Any]) -> str:
    """In how many check-ins the signs were answered, and in how many of these there was none."""
    asked = counted["signs"]
    said = _("Signs: answered in %(of)s of %(days)s check-ins.") % {
        "of": asked["of"],
        "days": counted["days"],
    }
    if not asked["none"]:
        return said
    none = _("In %(none)s of them none was ticked.") % asked
    return f"{said} {none}"


def sign(row: Mapping[str, Any], of: int) -> str:
    """One sign, on how many of the days that told, and when last."""
    return _("%(sign)s: %(n)s of %(of)s, last on %(latest)s") % {
        "sign": labels.SIGNS[row["sign"]],
        "n": row["n"],
        "of": of,
        "latest": day(date.fromisoformat(str(row["latest"]))),
    }


def measured(row: Mapping[str, Any], by: Mapping[str, str]) -> tuple[str, str]:
    """The newest of one kind, its day, how many there are, and `by` whom it was entered."""
    told = {
        "value": number(row["value"], row["kind"]),
        "day": day(date.fromisoformat(str(row["date"]))),
        "n": row["n"],
        "by": by.get(row["entries"][0]) or measured_by(None),
    }
    kind = str(labels.MEASUREMENT_KINDS[row["kind"]])
    if row["n"] == 1:
        return kind, _("%(value)s on %(day)s, %(by)s") % told
    return kind, _("%(value)s on %(day)s, the newest of %(n)s, %(by)s") % told


def number(value: float, kind: str) -> str:
    """A measured value as it is read: of an ankle-brachial index always two decimals."""
    if kind.startswith("ankle_brachial_index"):
        return formats.number_format(round(value, 2), 2)
    return formats.number_format(int(value) if value.is_integer() else round(value, 2))


def measured_by(share: Any) -> str:
    """Who entered a measurement: the patient, or the person of a share."""
    if share is None:
        return _("entered by the patient")
    return _("entered by %(name)s, %(role)s") % {"name": share.name, "role": share.role}


def measurements(rows: Iterable[Any]) -> list[tuple[str, str, str, str]]:
    """Measurements as stored: the kind, the value, the day, and who entered it."""
    return [
        (
            str(labels.MEASUREMENT_KINDS[row.kind]),
            number(row.value, row.kind),
            day(row.date),
            measured_by(row.entered_through),
        )
        for row in rows
    ]


def entered(row: Any, since: date | None) -> str:
    """What is said after a clinician entered a measurement."""
    if since and row.date < since:
        return _(
            "Saved in the patient's diary, with your name. It is of a day before those that are "
            "shared with you, so it is not shown here."
        )
    return _("Saved in the patient's diary, with your name.")
