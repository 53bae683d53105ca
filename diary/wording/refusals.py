"""In which words is a value refused or questioned?

The same words for a form, an import, a command and the API. Each is a clause, so that a page can
begin it with a capital and a command with the path of the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary import rules
from diary.wording.lengths import duration, exact_length, plain

REFUSALS = {
    "required": gettext_lazy("this is needed"),
    "unknown_field": gettext_lazy("this is not part of a diary"),
    "unknown_parameter": gettext_lazy("this is not a parameter here"),
    "other_name": gettext_lazy("this is not the id or the day of the address"),
    "not_an_object": gettext_lazy("this should be an entry with named values"),
    "not_a_list": gettext_lazy("this should be a list"),
    "not_a_number": gettext_lazy("this should be a number, in digits alone"),
    "ambiguous_number": gettext_lazy(
        "write this without a comma or point between thousands, such as 1200 or 1.2"
    ),
    "metres_or_miles": gettext_lazy(
        "write 'metres' or 'miles': the letter m could stand for either"
    ),
    "not_finite": gettext_lazy("this should be a number that can be counted to"),
    "not_whole": gettext_lazy("this should be a whole number from %(low)s to %(high)s"),
    "negative": gettext_lazy("this cannot be less than nothing"),
    "too_small": gettext_lazy("this cannot be less than %(low)s"),
    "too_large": gettext_lazy("this cannot be more than %(high)s"),
    "out_of_range": gettext_lazy("this should be between %(low)s and %(high)s"),
    "not_a_choice": gettext_lazy("this is not one of the possible answers"),
    "not_choices": gettext_lazy("this should be a list of the possible answers"),
    "not_text": gettext_lazy("this should be text"),
    "too_long": gettext_lazy("this is %(length)s characters long; at most %(longest)s fit"),
    "bad_characters": gettext_lazy("this has characters that cannot be kept"),
    "not_yes_or_no": gettext_lazy("this should be yes or no"),
    "not_a_date": gettext_lazy("this is not a date of the calendar"),
    "not_a_time": gettext_lazy("this is not a date and time"),
    "no_offset": gettext_lazy("this time needs its offset from UTC, such as +01:00 or Z"),
    "date_out_of_range": gettext_lazy("this is before %(first)s or too far ahead"),
    "unknown_zone": gettext_lazy("this is not a known time zone"),
    "zones_near": gettext_lazy("this is not a known time zone. Nearest to it: %(zones)s"),
    "not_a_uuid": gettext_lazy("this is not a UUID"),
    "not_a_revision": gettext_lazy('this names no revision; one stands in quotes, such as "7"'),
    "not_a_cursor": gettext_lazy("this is not a cursor that an earlier answer gave"),
    "too_many": gettext_lazy("there can be at most %(most)s of these"),
    "not_a_track": gettext_lazy("this cannot be read as the line of a walk"),
    "track_too_long": gettext_lazy("this line has more than %(most)s points"),
    "distance_or_duration": gettext_lazy("say how far or how long the walk was"),
    "onset_after_end": gettext_lazy("the pain cannot come after the end of the walk"),
    "too_far_ahead": gettext_lazy("this lies more than two days ahead"),
    "year_ahead": gettext_lazy("this year has not come yet"),
    "ends_before_it_begins": gettext_lazy("this cannot end before it begins"),
    "out_of_order": gettext_lazy(
        "the later period lies before the earlier one. Give the older days as the earlier period"
    ),
    "not_a_diary": gettext_lazy("this is not a walking diary"),
    "unknown_version": gettext_lazy("this is a version of the diary that is not known here"),
    "repeated_id": gettext_lazy("this id stands twice in the file"),
    "repeated_date": gettext_lazy("this day stands twice in the file; a day has one check-in"),
    "not_json": gettext_lazy("this file is not a diary that was saved here (it is not JSON)"),
    "file_too_large": gettext_lazy("this file is larger than %(most_mb)s MB"),
    # Sharing
    "not_an_email": gettext_lazy("this is not an e-mail address"),
    "over_already": gettext_lazy("this day is over already"),
    "shared_too_long": gettext_lazy("a diary can be shared for %(most)s months at most"),
    "own_address": gettext_lazy("this is your own address"),
    "too_many_invitations": gettext_lazy(
        "there are %(most)s open invitations, and no more fit. Withdraw one that is not needed"
    ),
    "too_many_in_a_day": gettext_lazy(
        "there were %(most)s invitations and codes within a day. Wait until tomorrow for the next"
    ),
    # Recordings
    "file_empty": gettext_lazy("this file is empty"),
    "not_gpx": gettext_lazy("this file is not a GPX recording"),
    "forbidden_xml": gettext_lazy("this file has parts that a recording never needs"),
    "no_track": gettext_lazy("this recording has no track to measure"),
    "too_many_points": gettext_lazy("this recording has more than %(most)s points"),
    "not_a_walk": gettext_lazy(
        "this recording is too fast for a walk (%(km_h)s km/h): it looks like a drive or a ride"
    ),
    "too_short": gettext_lazy("this recording is only %(distance)s long"),
    "walk_too_long": gettext_lazy(
        "this recording is longer than a walk can be (%(km)s km, or %(hours)s hours)"
    ),
    "no_usable_times": gettext_lazy(
        "this recording has no usable times, so it does not say when you walked. Its track is "
        "%(distance)s long: you can type that in as a walk"
    ),
}

QUESTIONS = {
    "pain_not_said": gettext_lazy("You did not say whether it hurt. Save the walk without that?"),
    "odd_distance": gettext_lazy("That is %(length)s. Is that right?"),
    "odd_duration": gettext_lazy("That is %(time)s. Is that right?"),
    "odd_onset": gettext_lazy("That is %(length)s, less than a step. Is that right?"),
    "odd_relief": gettext_lazy("That is %(time)s. Is that right?"),
    "read_in_short_unit": gettext_lazy(
        "%(typed)s lies beyond the end of the walk, so it is read as %(length)s. Is that right?"
    ),
    "odd_speed": gettext_lazy(
        "That would be %(km_h)s km an hour. Are the distance and the time both right?"
    ),
    "onset_time_after_end": gettext_lazy(
        "The pain came later than the walk lasted. Are both times right?"
    ),
    "relief_without_rest": gettext_lazy("The pain eased after a rest: how did you rest?"),
    "relief_longer_than_rest": gettext_lazy(
        "The pain took longer to ease than the rest lasted. Are both times right?"
    ),
    "rest_longer_than_walk": gettext_lazy(
        "The rest was longer than the whole walk, rests included. Are both times right?"
    ),
    "stop_after_end": gettext_lazy(
        "The pain stopped you further on than the walk went. Are both distances right?"
    ),
    "stop_before_onset": gettext_lazy(
        "The pain stopped you before it came. Are both distances right?"
    ),
}


def refusal(code: str, params: Mapping[str, Any] | None = None, name: str = "") -> str:
    """Why a value was refused, as a clause without capital or full stop."""
    values = {
        key: amount(name, value) if key in ("low", "high") else value
        for key, value in (params or {}).items()
    }
    if code == "too_far_ahead" and name.endswith("birth_year"):
        code = "year_ahead"  # a year has no days to be ahead by
    if "distance_m" in values:
        values["distance"] = amount("distance_m", values["distance_m"])
    return str(REFUSALS[code]) % values


def sentence(fault: rules.Fault) -> str:
    """Why a value was refused, as a page says it beside the field."""
    return capfirst(refusal(fault.code, fault.params, fault.path)) + "."


def located(fault: rules.Fault) -> str:
    """Why a value was refused, with its path, as a command and an import say it."""
    clause = refusal(fault.code, fault.params, fault.path)
    return f"{fault.path}: {clause}" if fault.path else clause


def question(fault: rules.Fault, system: str) -> str:
    """What is asked of a walk in which something is odd, before it is kept as it is."""
    said = dict(fault.params)
    for name in ("length", "typed"):
        if f"{name}_m" in said:
            said[name] = exact_length(said[f"{name}_m"], system)
    if "time_s" in said:
        said["time"] = duration(said["time_s"])
    return str(QUESTIONS[fault.code]) % said


def amount(name: str, value: float) -> str:
    """A bound in words, in the unit of the field's name."""
    if name.endswith("_m") and value >= 1000:
        return _("%(value)s km") % {"value": plain(value / 1000)}
    if name.endswith("_m"):
        return _("%(value)s m") % {"value": plain(value)}
    if name.endswith("_s") and value >= 3600:
        hours = value / 3600
        words = ngettext("%(value)s hour", "%(value)s hours", round(hours))
        return words % {"value": plain(hours)}
    return plain(value) if value < 1e6 else formats.number_format(value, 0, force_grouping=True)
