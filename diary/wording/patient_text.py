"""How is a shared diary told in at most ten lines, ready for a record?

Plain text, each line with its n; nothing of the patient's own notes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.wording import causes, labels, patient, weighing
from diary.wording.lengths import about, day, duration
from diary.wording.readings import LEGS

PATTERNS = {
    "present": gettext_lazy("present"),
    "possible": gettext_lazy("possible"),
    "absent": gettext_lazy("not shown, which rules nothing out"),
    "insufficient_data": gettext_lazy("not enough recorded to tell"),
}
LEANINGS = {
    "vascular": gettext_lazy("towards vessels"),
    "neurogenic": gettext_lazy("towards spinal nerves"),
    "both": gettext_lazy("towards both vessels and spinal nerves"),
    "undetermined": gettext_lazy("neither way"),
}
EDINBURGH = {
    "definite": gettext_lazy("definite"),
    "atypical": gettext_lazy("atypical"),
    "negative": gettext_lazy(
        "negative (many people with narrowed arteries do not match it either)"
    ),
    "insufficient_data": gettext_lazy("cannot be answered yet"),
}
TRENDS = {
    "shortening": gettext_lazy("shorter by about %(change)s %% in 30 days"),
    "lengthening": gettext_lazy("longer by about %(change)s %% in 30 days"),
    "steady": gettext_lazy("no change as large as 30 %%"),
    "unknown": gettext_lazy("no clear change can be shown"),
}


def text(page: patient.Page, assessment: dict[str, Any], today: date, system: str) -> str:
    """A note of ten lines at most."""
    lines = [
        _("Walking and leg-pain diary, self-reported: %(who)s. Read on %(day)s.")
        % {"who": " ".join(page.banner.title.split()), "day": day(today)},
        _period(page, assessment),
        flags(assessment),
        _pattern(assessment),
        onset(assessment, system),
        relief(assessment),
        _legs(assessment),
        _causes(assessment),
        _check_ins(page),
        str(patient.LIMIT),
    ]
    return "\n".join(lines)


def _period(page: patient.Page, assessment: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {said}" for name, said in page.period) + "."


def flags(assessment: dict[str, Any]) -> str:
    """What asks for help; where nothing does, in how many check-ins that was asked."""
    raised = patient.flags_in_words(assessment["flags"])
    asked = assessment["check_ins"]["signs"]["of"]
    n = _("signs answered in %(of)s of %(days)s check-ins") % {
        "of": asked,
        "days": assessment["check_ins"]["days"],
    }
    if not raised:
        return _("Signs that ask for help: none recorded (%s; what was not asked is unknown).") % n
    return _("Signs that ask for help: %(raised)s (%(n)s).") % {"raised": raised, "n": n}


def _pattern(assessment: dict[str, Any]) -> str:
    read = assessment["pattern"]
    return _(
        "Claudication-style pattern: %(said)s (n = %(pain)s walks with pain of %(walks)s)."
    ) % {
        "said": PATTERNS[read["claudication"]],
        "pain": assessment["walks"]["with_pain"],
        "walks": assessment["walks"]["total"],
    }


def onset(assessment: dict[str, Any], system: str) -> str:
    """The distance before pain, with its interval, its n and its course."""
    found = assessment["onset"]
    n = _(
        "n = %(onsets)s onsets, %(censored)s pain-free walks counted as at least their length"
    ) % (found)
    if found["median_m"] is None:
        return _("Distance before pain: no middle value can be given (%s).") % n
    middle = about(found["median_m"], system)
    if found["low_m"] is not None and found["high_m"] is not None:
        middle = _("%(middle)s (95 %% interval %(low)s to %(high)s)") % {
            "middle": middle,
            "low": about(found["low_m"], system),
            "high": about(found["high_m"], system),
        }
    return _("Distance before pain: middle %(middle)s, %(n)s; over time: %(course)s.") % {
        "middle": middle,
        "n": n,
        "course": _course(assessment),
    }


def _course(assessment: dict[str, Any]) -> str:
    """The trend, where the walks can be compared."""
    trend = assessment["onset"]["trend"]
    if assessment["standing"] == "not_enough":
        return _("not enough to tell")
    if assessment["data"]["measuring_changed"]:
        return str(patient.MIXED)
    ratio = trend["ratio_per_30_days"]
    change = "" if ratio is None else f"{abs(ratio - 1) * 100:.0f}"
    return str(TRENDS[trend["direction"]]) % {"change": change}


def relief(assessment: dict[str, Any]) -> str:
    """How soon rest eased the pain, and in which postures."""
    rests = assessment["relief"]
    if not rests["episodes"]:
        return _("Relief by rest: not recorded (n = 0).")
    said = (
        ngettext(
            "Relief by rest: %(relieved)s of %(episodes)s rest eased it",
            "Relief by rest: %(relieved)s of %(episodes)s rests eased it",
            rests["episodes"],
        )
        % rests
    )
    if rests["median_s"] is not None:
        said += ", " + _("middle %(time)s (n = %(n)s timed)") % {
            "time": duration(rests["median_s"]),
            "n": rests["timed"],
        }
    if rests["judged"]:
        said += ", " + _("within ten minutes %(within_10_min)s of %(judged)s") % rests
    postures = ", ".join(
        f"{str(labels.POSTURES.get(name, _('Posture not recorded'))).lower()} "
        f"{row['relieved']}/{row['episodes']}"
        for name, row in rests["by_posture"].items()
    )
    return _("%(said)s; eased by posture: %(postures)s.") % {"said": said, "postures": postures}


def _legs(assessment: dict[str, Any]) -> str:
    read = assessment["pattern"]
    return _(
        "Left leg: %(left)s; right leg: %(right)s (San Diego). Edinburgh questionnaire, answered "
        "from the entries: %(edinburgh)s. Posture and place lean %(leaning)s (n = %(n)s walks with "
        "pain)."
    ) % {
        "left": LEGS[read["legs"]["left"]],
        "right": LEGS[read["legs"]["right"]],
        "edinburgh": EDINBURGH[read["edinburgh"]["result"]],
        "leaning": LEANINGS[read["leaning"]],
        "n": assessment["walks"]["with_pain"],
    }


def _causes(assessment: dict[str, Any]) -> str:
    said = [
        f"{causes.NAMES[row['cause']]}: {weighing.total(row) or _('not weighed, n = 0')}"
        for row in assessment["causes"]
    ]
    return _("Weighing of the entries (likelihood ratios, capped; no probability): %s.") % (
        "; ".join(said)
    )


def _check_ins(page: patient.Page) -> str:
    told = " ".join(page.check_ins)
    measured = "; ".join(f"{kind} {value}" for kind, value in page.measurements)
    said = _("Measured: %s.") % measured if measured else _("Measured: n = 0.")
    return f"{told} {said}"
