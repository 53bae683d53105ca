"""What stands in the table of a chart, and around its picture?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from diary.wording import body, labels
from diary.wording.drawn import GROUNDS, LEGS, PACES, titles
from diary.wording.lengths import day, duration, length

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    """One chart of a page: sentences, its table, and its drawings where the page holds them."""

    name: str
    heading: str
    beside: list[str]
    head: list[str]
    rows: list[list[str]]
    left_out: int  # rows that the table does not repeat
    wide: str = ""  # for wide and for narrow screens
    narrow: str = ""

    @property
    def shortened(self) -> str:
        """Which rows are left out: a line along the distance has steps, and no earlier ones."""
        if not self.left_out:
            return ""
        if self.name == "pain_free":
            words = ngettext(
                "%s row between these is left out here.",
                "%s rows between these are left out here.",
                self.left_out,
            )
        else:
            words = ngettext(
                "%s earlier row is left out here.",
                "%s earlier rows are left out here.",
                self.left_out,
            )
        return words % self.left_out


def shown(
    charts: Mapping[str, Mapping[str, Any]], beside: Mapping[str, list[str]], system: str
) -> list[Chart]:
    """The charts that have sentences, in their order, with their tables in the reader's units."""
    headings = titles()
    told = []
    for name, sentences in beside.items():
        head, row = TABLES[name]
        chart = charts[name]
        # The drawings are our own, made by lxml from numbers and escaped words.
        wide, narrow = (SafeString(chart.get(size, "")) for size in ("page", "phone"))
        rows = [row(each, system) for each in chart["rows"]]
        left_out = chart.get("left_out", 0)
        told.append(Chart(name, headings[name], sentences, head(), rows, left_out, wide, narrow))
    return told


def _day(row: Row) -> str:
    return day(date.fromisoformat(row["day"]))


def _distance(row: Row, system: str) -> str:
    return _("Not recorded") if row["distance_m"] is None else length(row["distance_m"], system)


def _known(row: Row) -> str:
    """How a distance is known; nothing where there is none."""
    if row["distance_m"] is None:
        return ""
    return _("Measured") if row["measured"] else _("Estimated")


def _became(row: Row) -> str:
    return _("Pain came") if row["kind"] == "pain" else _("No pain, full length")


def _out_of_ten(score: float | None) -> str:
    return _("Not recorded") if score is None else f"{score:g}"


def _onset_head() -> list[str]:
    return [_("Day"), _("What was recorded"), _("Distance"), _("How the distance is known")]


def _onset_row(row: Row, system: str) -> list[str]:
    when = _day(row)
    if row["kind"] == "change":
        return [when, str(labels.CHANGE_KINDS[row["change"]]), "", ""]
    if row["kind"] == "median":
        middle = length(row["distance_m"], system)
        if row["low_m"] is not None and row["high_m"] is not None:
            middle = _("%(middle)s (%(low)s to %(high)s)") % {
                "middle": middle,
                "low": length(row["low_m"], system),
                "high": length(row["high_m"], system),
            }
        return [when, _("Middle and its 95 % interval"), middle, ""]
    return [when, _became(row), _distance(row, system), _known(row)]


def _pain_free_head() -> list[str]:
    return [
        _("Distance"),
        _("How the distance is known"),
        _("Walks that got this far"),
        _("Pain came here"),
        _("Still without pain, of 100 walks (95 % interval)"),
    ]


def _pain_free_row(row: Row, system: str) -> list[str]:
    known = _("Measured") if row["group"] == "measured" else _("Estimated")
    far = length(row["distance_m"], system)
    if row["kind"] != "step":
        came = "1" if row["kind"] == "pain" else "0"
        return [far, known, str(row["at_risk"]), came, _("Too few for a line")]
    share = f"{row['share'] * 100:.0f}"
    if row["low"] is not None:
        share = _("%(share)s (%(low)s to %(high)s)") % {
            "share": share,
            "low": f"{row['low'] * 100:.0f}",
            "high": f"{row['high'] * 100:.0f}",
        }
    return [far, known, str(row["at_risk"]), str(row["came"]), share]


def _weeks_head() -> list[str]:
    return [
        _("From"),
        _("Until"),
        _("Walks"),
        _("Measured distance"),
        _("Estimated distance"),
        _("Without a distance"),
        _("With pain"),
        _("Without pain"),
        _("Pain not recorded"),
        _("Worst pain, 0 to 10"),
    ]


def _weeks_row(row: Row, system: str) -> list[str]:
    days = [day(date.fromisoformat(row[name])) for name in ("first", "last")]
    if not row["entries"]:
        return [*days, _("No entries"), *[""] * 7]
    if not row["walks"]:
        return [*days, _("No walk recorded"), *[""] * 7]
    lengths = [length(row[name], system) if row[name] else "" for name in MEASURES]
    counts = [str(row[name]) for name in ("unmeasured", "with_pain", "pain_free", "not_recorded")]
    worst = _out_of_ten(row["worst"]) if row["with_pain"] else ""
    return [*days, str(row["walks"]), *lengths, *counts, worst]


MEASURES = ("measured_m", "estimated_m")


def _body_head() -> list[str]:
    return [_("Place"), _("Side"), _("Pains"), _("Worst pain, 0 to 10")]


def _body_row(row: Row, _system: str) -> list[str]:
    count = _("%(n)s of %(of)s") % row
    if row["kind"] == "unplaced":
        return [_("Place not recorded"), "", count, ""]
    side = str(labels.SIDES.get(row["side"], _("Not recorded")))
    return [str(body.SHORT[row["site"]]), side, count, _out_of_ten(row["worst"])]


def _legs_head() -> list[str]:
    return [
        _("Day"),
        _("Leg"),
        _("Distance"),
        _("How the distance is known"),
        _("Worst pain, 0 to 10"),
    ]


def _legs_row(row: Row, system: str) -> list[str]:
    free = row["kind"] == "pain_free"
    leg = _became(row) if free else str(LEGS[row["lane"]])
    worst = "" if free else _out_of_ten(row["worst"])
    return [_day(row), leg, _distance(row, system), _known(row), worst]


def _relief_head() -> list[str]:
    return [_("Day"), _("Posture"), _("What became of the pain"), _("After")]


def _relief_row(row: Row, _system: str) -> list[str]:
    posture = str(labels.POSTURES.get(row["posture"], _("Not recorded")))
    after = duration(row["relief_s"]) if row.get("relief_s") is not None else ""
    if row["kind"] == "median":
        return ["", posture, pgettext("statistic", "Middle"), after]
    said = {"gone": _("It went away"), "eased": _("It eased a bit"), "stayed": _("It stayed")}
    return [_day(row), posture, said[row["kind"]], after]


def _pace_head() -> list[str]:
    return [
        _("Day"),
        _("Pace"),
        _("Slope"),
        _("What was recorded"),
        _("Distance"),
        _("How the distance is known"),
    ]


def _pace_row(row: Row, system: str) -> list[str]:
    sorts = [str(PACES[row["pace"]]), str(GROUNDS[row["ground"]])]
    return [_day(row), *sorts, _became(row), _distance(row, system), _known(row)]


TABLES: Mapping[str, tuple[Callable[[], list[str]], Callable[[Row, str], list[str]]]] = {
    "onset": (_onset_head, _onset_row),
    "pain_free": (_pain_free_head, _pain_free_row),
    "weeks": (_weeks_head, _weeks_row),
    "body": (_body_head, _body_row),
    "legs": (_legs_head, _legs_row),
    "relief": (_relief_head, _relief_row),
    "pace": (_pace_head, _pace_row),
}
