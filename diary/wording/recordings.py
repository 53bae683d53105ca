"""What does a recording say, beside the numbers that it fills in?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from diary.wording.lengths import duration, length


def told(recording: Any, system: str, keep_line: bool = False) -> list[str]:
    """The recording in sentences: its stops, and what was odd in it."""
    said = [
        _("You stood still for %(time)s after %(distance)s.")
        % {"time": duration(stop.length_s), "distance": length(stop.after_m, system)}
        for stop in recording.stops
    ]
    if recording.fast_m:
        said.append(
            _("%s of it were faster than anybody walks. Is that part of the walk?")
            % length(recording.fast_m, system)
        )
    if recording.others:
        said.append(
            _("The file holds more than one walk. This is the longest; the others are left out.")
        )
    if keep_line:
        said.append(_("The line of the walk will be kept with it, for you alone."))
    if not recording.complete:
        said.append(_("The file breaks off. This is what could be read."))
    return said
