"""What stands in and beside the charts?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.dates import MONTHS_3
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from diary.wording import labels
from diary.wording.lengths import day, duration, length

# A table longer than this is no help; the diary file has every row.
MOST_ROWS = 200
# Names that have room beside a line in a chart.
SHORT_CHANGES = {
    **labels.CHANGE_KINDS,
    "medication": gettext_lazy("Medicine changed"),
    "new_activity": gettext_lazy("New activity"),
    "supervised_exercise": gettext_lazy("Walking programme"),
    "long_journey_or_bed_rest": gettext_lazy("Journey or bed rest"),
}


@dataclass(frozen=True)
class Chart:
    """One chart of a page: two drawings of it, for wide and narrow screens, and its table."""

    name: str
    heading: str
    beside: list[str]
    wide: SafeString
    narrow: SafeString
    head: list[str]
    rows: list[list[str]]
    left_out: int  # earlier rows that the table does not repeat


def words(beside_table: bool = True) -> dict[str, str]:
    """Every word that the charts draw, in the reader's language; numbers go where %(…)s stands."""
    axis = _("Distance in %s")
    table = " " + _("The same numbers are in the table below.") if beside_table else ""
    return {
        **{f"month_{month}": str(name).title() for month, name in MONTHS_3.items()},
        **{f"change_{kind}": str(name) for kind, name in SHORT_CHANGES.items()},
        **{f"posture_{code}": str(name) for code, name in labels.POSTURES.items()},
        **{f"onset_axis_{unit}": axis % name for unit, name in labels.UNITS.items()},
        "posture_not_recorded": _("Posture not recorded"),
        "decimal_mark": formats.get_format("DECIMAL_SEPARATOR"),
        "length_m": _("%(number)s\u00a0m"),
        "length_km": _("%(number)s\u00a0km"),
        "length_yd": _("%(number)s\u00a0yd"),
        "length_mi": _("%(number)s\u00a0miles"),
        "minutes": _("%(number)s\u00a0min"),
        "date": _("%(day)s %(month)s %(year)s"),
        "day_month": _("%(day)s %(month)s"),
        "no_entries": _("No walk yet that says where pain came, or that none did"),
        "no_rests": _("No rests recorded yet"),
        "onset_title": _("Distance before the pain came, walk by walk"),
        "onset_description": _(
            "Each filled point is a walk on which pain came, at the distance where it came. Each "
            "open point is a walk without pain, at its full length."
        )
        + table,
        "onset_pain": _("pain came (n\u00a0=\u00a0%(n)s)"),
        "onset_pain_free": _("no pain, full length (n\u00a0=\u00a0%(n)s)"),
        "onset_beyond": _("no pain, longer than shown (n\u00a0=\u00a0%(n)s)"),
        "onset_median": _("middle %(median)s"),
        "onset_median_interval": _("middle %(median)s, 95\u00a0%% interval %(low)s to %(high)s"),
        "onset_median_now": _("now about %(median)s"),
        "onset_median_now_interval": _(
            "now about %(median)s, 95\u00a0%% interval %(low)s to %(high)s"
        ),
        "onset_pain_says": _("%(day)s: pain after %(distance)s"),
        "onset_pain_free_says": _("%(day)s: %(distance)s without pain"),
        "change_says": _("%(name)s, from %(day)s"),
        "change_says_until": _("%(name)s, %(day)s to %(until)s"),
        "relief_title": _("Minutes of rest until the pain eased, by posture"),
        "relief_description": _(
            "Each point is one rest. Filled: the pain went. Open: it eased a bit. Cross: it stayed."
        )
        + table,
        "relief_axis": _("Minutes of rest"),
        "relief_within": _("10 minutes"),
        "relief_gone": _("went away (n\u00a0=\u00a0%(n)s)"),
        "relief_eased": _("eased a bit (n\u00a0=\u00a0%(n)s)"),
        "relief_stayed": _("stayed (n\u00a0=\u00a0%(n)s)"),
        "relief_beyond": _("longer than shown (n\u00a0=\u00a0%(n)s)"),
        "relief_lane": _("%(posture)s (n\u00a0=\u00a0%(n)s)"),
        "relief_median": _("middle %(minutes)s"),
        "relief_untimed": _("%(n)s without a time"),
        "relief_gone_says": _("%(day)s, %(posture)s: pain gone after %(minutes)s"),
        "relief_eased_says": _("%(day)s, %(posture)s: pain eased after %(minutes)s"),
        "relief_stayed_says": _("%(day)s, %(posture)s: the pain stayed"),
    }


def shown(
    drawn: Mapping[str, Mapping[str, Any]], beside: Mapping[str, list[str]], system: str
) -> list[Chart]:
    """The drawn charts with the sentences beside them and their tables in the reader's units."""
    tables = {"onset": (_onset_head(), _onset_row), "relief": (_relief_head(), _relief_row)}
    spoken = words()
    charts = []
    for name, (head, row) in tables.items():
        # The drawings are our own, made by lxml from numbers and escaped words.
        wide, narrow = (SafeString(drawn[name][size]) for size in ("page", "phone"))
        told = drawn[name]["rows"]
        rows = [row(each, system) for each in told[-MOST_ROWS:]]
        charts.append(
            Chart(
                name,
                spoken[f"{name}_title"],
                beside[name],
                wide,
                narrow,
                head,
                rows,
                len(told) - len(rows),
            )
        )
    return charts


def _onset_head() -> list[str]:
    return [_("Day"), _("What was recorded"), _("Distance")]


def _onset_row(row: Mapping[str, Any], system: str) -> list[str]:
    when = day(date.fromisoformat(row["day"]))
    if row["kind"] == "change":
        return [when, str(labels.CHANGE_KINDS[row["change"]]), ""]
    if row["kind"] == "median":
        middle = length(row["distance_m"], system)
        if row["low_m"] is not None and row["high_m"] is not None:
            middle = _("%(middle)s (%(low)s to %(high)s)") % {
                "middle": middle,
                "low": length(row["low_m"], system),
                "high": length(row["high_m"], system),
            }
        return [when, _("Middle and its 95 % interval"), middle]
    said = {"pain": _("Pain came"), "pain_free": _("No pain, full length")}
    return [when, said[row["kind"]], length(row["distance_m"], system)]


def _relief_head() -> list[str]:
    return [_("Day"), _("Posture"), _("What became of the pain"), _("After")]


def _relief_row(row: Mapping[str, Any], system: str) -> list[str]:
    posture = str(labels.POSTURES.get(row["posture"], _("Not recorded")))
    after = duration(row["relief_s"]) if row.get("relief_s") is not None else ""
    if row["kind"] == "median":
        return ["", posture, pgettext("statistic", "Middle"), after]
    said = {"gone": _("It went away"), "eased": _("It eased a bit"), "stayed": _("It stayed")}
    return [day(date.fromisoformat(row["day"])), posture, said[row["kind"]], after]
