"""What is written in a chart? Numbers go where `%(…)s` stands."""

from __future__ import annotations

from django.utils import formats
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diary.wording import body, labels

# Names that have room in the list below a chart.
SHORT_CHANGES = {
    **labels.CHANGE_KINDS,
    "medication": gettext_lazy("Medicine changed"),
    "new_activity": gettext_lazy("New activity"),
    "supervised_exercise": gettext_lazy("Walking programme"),
    "long_journey_or_bed_rest": gettext_lazy("Journey or bed rest"),
}


def words(beside_table: bool = True) -> dict[str, str]:
    """Every word that the charts draw, in the reader's language."""
    table = " " + _("The same numbers are in the table below.") if beside_table else ""
    described = {f"{name}_description": says + table for name, says in _descriptions().items()}
    return {
        **_names(),
        **_measures(),
        **described,
        **_empty(),
        **_walks(),
        **_onset(),
        **_pain_free(),
        **_weeks(),
        **_body(),
        **_lanes(),
        **_relief(),
    }


def titles() -> dict[str, str]:
    """What each chart shows."""
    return {
        "onset": _("Distance before the pain came, walk by walk"),
        "pain_free": _("How far you got without pain"),
        "weeks": _("Walking and pain, week by week"),
        "body": _("Where it hurt, and how often"),
        "legs": _("Left leg against right leg"),
        "relief": _("Minutes of rest until the pain eased, by posture"),
        "pace": _("Pace and slope"),
    }


def _names() -> dict[str, str]:
    return {
        **{f"{name}_title": title for name, title in titles().items()},
        **{f"month_{month}": str(name).title() for month, name in MONTHS_3.items()},
        **{f"change_{kind}": str(name) for kind, name in SHORT_CHANGES.items()},
        **{f"posture_{code}": str(name) for code, name in labels.POSTURES.items()},
        **{f"site_{code}": str(name) for code, name in body.SHORT.items()},
        "posture_not_recorded": _("Posture not recorded"),
        "change_says": _("%(name)s, from %(day)s"),
        "change_says_until": _("%(name)s, %(day)s to %(until)s"),
    }


def _measures() -> dict[str, str]:
    axis = _("Distance in %s")
    return {
        **{f"distance_axis_{unit}": axis % name for unit, name in labels.UNITS.items()},
        "decimal_mark": formats.get_format("DECIMAL_SEPARATOR"),
        "length_m": _("%(number)s\u00a0m"),
        "length_km": _("%(number)s\u00a0km"),
        "length_yd": _("%(number)s\u00a0yd"),
        "length_mi": _("%(number)s\u00a0miles"),
        "minutes": _("%(number)s\u00a0min"),
        "date": _("%(day)s %(month)s %(year)s"),
        "day_month": _("%(day)s %(month)s"),
    }


def _descriptions() -> dict[str, str]:
    walk = _(
        "A filled point is a walk on which pain came, at the distance where it came. An open point "
        "is a walk without pain, at its full length. Round points were measured, diamonds were "
        "estimated."
    )
    return {
        "onset": walk,
        "pain_free": _(
            "The line shows how many of 100 walks were still without pain at each distance. It "
            "steps down where pain came."
        )
        + " "
        + walk,
        "weeks": _(
            "Each bar is the distance walked in a week. Below it, each filled point is the worst "
            "pain of a walk and each open point is a walk without pain. A dotted line marks a week "
            "without entries."
        ),
        "body": _(
            "The numbers on the body say how many of your pains were there, on the left, on the "
            "right, or on both sides at once."
        ),
        "legs": walk,
        "relief": _(
            "Each point is one rest. Filled: the pain went. Open: it eased a bit. Cross: it stayed."
        ),
        "pace": walk,
    }


def _empty() -> dict[str, str]:
    return {
        "no_entries": _("No walk yet that says where pain came, or that none did"),
        "no_rests": _("No rests recorded yet"),
        "no_places": _("No pain yet that says where it was"),
        "no_weeks": _("No walks recorded yet"),
    }


def _walks() -> dict[str, str]:
    return {
        "measured": _("measured (n\u00a0=\u00a0%(n)s)"),
        "estimated": _("estimated (n\u00a0=\u00a0%(n)s)"),
        "says_estimated": _("%(says)s (estimated)"),
        "pain": _("pain came (n\u00a0=\u00a0%(n)s)"),
        "pain_free": _("no pain, full length (n\u00a0=\u00a0%(n)s)"),
        "beyond": _("no pain, longer than shown (n\u00a0=\u00a0%(n)s)"),
        "pain_says": _("%(day)s: pain after %(distance)s"),
        "pain_free_says": _("%(day)s: %(distance)s without pain"),
    }


def _onset() -> dict[str, str]:
    return {
        "onset_median": _("middle %(median)s"),
        "onset_median_interval": _("middle %(median)s, 95\u00a0%% interval %(low)s to %(high)s"),
        "onset_median_now": _("now about %(median)s"),
        "onset_median_now_interval": _(
            "now about %(median)s, 95\u00a0%% interval %(low)s to %(high)s"
        ),
    }


def _pain_free() -> dict[str, str]:
    return {
        "share_axis": _("walks still without pain, of 100, with 95\u00a0% interval"),
        "share": _("%(n)s"),
        "share_measured": _("Measured distances (n\u00a0=\u00a0%(n)s, %(pains)s with pain)"),
        "share_estimated": _("Estimated distances (n\u00a0=\u00a0%(n)s, %(pains)s with pain)"),
        "share_few_measured": _(
            "Measured distances (n\u00a0=\u00a0%(n)s): %(pains)s with pain, too few for a line"
        ),
        "share_few_estimated": _(
            "Estimated distances (n\u00a0=\u00a0%(n)s): %(pains)s with pain, too few for a line"
        ),
        "share_at_risk": _("Walks that got this far:"),
    }


def _weeks() -> dict[str, str]:
    week, month = _("Walked in each week, in %s"), _("Walked in each four weeks, in %s")
    long = {unit: labels.UNITS[unit] for unit in ("km", "mi")}
    return {
        **{f"weeks_axis_7_{unit}": week % name for unit, name in long.items()},
        **{f"weeks_axis_28_{unit}": month % name for unit, name in long.items()},
        "weeks_measured": _("measured"),
        "weeks_estimated": _("estimated"),
        "weeks_counts": _("the numbers below the bars are walks"),
        "weeks_range_7": _("walks in a week: %(least)s to %(most)s"),
        "weeks_range_28": _("walks in four weeks: %(least)s to %(most)s"),
        "weeks_without": _("not in the bars: %(n)s without a distance"),
        "weeks_says": _(
            "%(first)s to %(last)s: walks: %(walks)s, %(distance)s in all, with pain: %(pain)s"
        ),
        "weeks_worst": _("%(says)s, worst pain %(worst)s of 10"),
        "weeks_unmeasured": _("%(says)s, without a distance: %(n)s"),
        "weeks_pain_axis": _("Worst pain of each walk, 0 to 10"),
        "weeks_scored": _("pain (n\u00a0=\u00a0%(n)s)"),
        "weeks_free": _("no pain (n\u00a0=\u00a0%(n)s)"),
        "weeks_unscored": _("pain without a number (n\u00a0=\u00a0%(n)s)"),
        "weeks_not_recorded": _("pain not recorded (n\u00a0=\u00a0%(n)s)"),
        "weeks_scored_says": _("%(day)s: worst pain %(score)s of 10"),
        "weeks_free_says": _("%(day)s: no pain"),
        "weeks_unscored_says": _("%(day)s: pain, no number given"),
    }


def _body() -> dict[str, str]:
    return {
        "body_behind": _("From behind"),
        "body_front": _("From the front"),
        "body_both": _("both sides at once"),
        "body_name": _("%(side)s %(place)s"),
        "body_leg_left": str(body.SIDE["left"]),
        "body_leg_right": str(body.SIDE["right"]),
        "body_says": _("%(place)s, %(side)s: %(n)s of %(of)s pains"),
        "body_worst": _("%(says)s, worst %(worst)s of 10"),
        "body_side_left": _("left"),
        "body_side_right": _("right"),
        "body_side_both": _("both sides at once"),
        "body_side_not_recorded": _("side not recorded"),
        "body_unsided": _("Side not recorded: %(places)s"),
        "body_unplaced": _("Place not recorded: %(n)s of %(of)s pains"),
        "body_count": _("%(place)s %(n)s"),
    }


def _lanes() -> dict[str, str]:
    return {
        "lane": _("%(lane)s (n\u00a0=\u00a0%(n)s)"),
        "lane_worst": _("worst pain %(worst)s of 10"),
        "lane_unmeasured": _("%(n)s without a distance"),
        "lane_pain_says": _("%(day)s, %(lane)s: pain after %(distance)s"),
        "lane_pain_free_says": _("%(day)s, %(lane)s: %(distance)s without pain"),
        **{f"legs_{code}": str(name) for code, name in LEGS.items()},
        "legs_none": _("%(leg)s: no pain recorded"),
        "legs_none_alone": _("%(leg)s: no pain recorded of it alone"),
        **{f"pace_{code}": str(name) for code, name in PACES.items()},
        **{f"ground_{code}": str(name) for code, name in GROUNDS.items()},
        "pace_heading": _("By pace"),
        "ground_heading": _("By slope"),
    }


LEGS = {
    "left": gettext_lazy("Left leg"),
    "right": gettext_lazy("Right leg"),
    "both": gettext_lazy("Both legs at once"),
    "not_recorded": gettext_lazy("Leg not recorded"),
    "pain_free": gettext_lazy("Walks without pain"),
}
PACES = {
    "slow": gettext_lazy("Slow"),
    "ordinary": gettext_lazy("Ordinary pace"),
    "brisk": gettext_lazy("Brisk"),
    "not_recorded": gettext_lazy("Pace not recorded"),
}
GROUNDS = {
    "level": gettext_lazy("Level"),
    "uphill": gettext_lazy("Uphill or stairs"),
    "not_recorded": gettext_lazy("Slope not recorded"),
}


def _relief() -> dict[str, str]:
    return {
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
