"""How is a walk logged while it is being walked?

The page is a shell: the walk itself is kept on the phone, and reaches the diary like any other row
of a device that syncs.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diary.rules import LONGEST_DISTANCE_M, Fault
from diary.units import SYSTEMS
from diary.web.guards import signed_in
from diary.wording import body, cards, labels
from diary.wording.refusals import sentence

PAIN_LEVELS = range(11)
# What the page itself says of a typed number; everything else the server says of the row.
FAULTS = (
    Fault("distance_m", "not_a_number"),
    Fault("distance_m", "ambiguous_number"),
    Fault("distance_m", "too_large", {"high": LONGEST_DISTANCE_M}),
    Fault("onset_distance_m", "onset_after_end"),
)


@signed_in
@require_safe
def walk_live(request: HttpRequest) -> HttpResponse:
    """The page that a walk is walked with."""
    return render(request, "diary/walk_live.html", shown(request.user.units))


def shown(units: str) -> dict[str, Any]:
    """What the page holds for somebody who reads these units, whoever they are."""
    return {
        "short": SYSTEMS[units][0],
        "unit_names": {short: labels.UNITS[short] for short, _long in SYSTEMS.values()},
        "body": body.views(),
        **cards.help_page(),
        "pain_levels": PAIN_LEVELS,
        "postures": labels.choices(labels.POSTURES),
        "hurt": labels.choices(labels.HURT),
        "faults": {fault.code: sentence(fault) for fault in FAULTS},
    }
