"""How is a walk typed in, with three answers or with many?"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules, values
from diary.clock import WallTime, instant_of, local_time
from diary.models import Person
from diary.questions import questions
from diary.units import METRES_IN, shown_in
from diary.web.forms.amounts import Length, Minutes, Typed, shown
from diary.web.forms.fields import (
    OneOf,
    RowForm,
    UnitSelect,
    YesNo,
    as_walked,
    refused,
    time_zone,
    unit_choices,
)
from diary.wording import body, labels
from diary.wording.lengths import length

MOST_MINUTES = 2 * 24 * 60  # a longer one is refused by the rules; the clock reads no further back
WHEN = {
    "just_now": _("Just now"),
    "hour_ago": _("1 hour ago"),
    "this_morning": _("This morning"),
    "yesterday": _("Yesterday"),
    "at": _("Another time"),
}
THIS_MORNING, YESTERDAY = time(9), time(12)
# What a walk may have in common with the last one. How far, when and how badly it hurt is never
# among it, nor that a recording measured it: each walk has to say that itself.
USUAL = ("terrain", "pace", "walking_aid", "footwear", "activity", "distance_source")
TYPED_SOURCES = ("pedometer", "treadmill", "estimated")
# What the page asks under "More about this walk".
FOLDED = (*USUAL, "ascent", "pain_on_standing", "stretched_before", "stretched_after", "time_zone")
WHERE, BOTH = "pain-0-where", "pain-0-both"


class RouteSelect(forms.RadioSelect):
    """The routes that are known, each with its metres, which a script fills in."""

    metres: Mapping[str, rules.Row] = {}

    def create_option(self, name: str, value: Any, *args: Any, **named: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **named)
        if value in self.metres:
            option["attrs"]["data-metres"] = self.metres[value]["distance_m"]
        return option


class WalkForm(RowForm):
    """A walk in three answers: how far or how long, whether it hurt, and where and when."""

    lengths = {"distance": "distance_m"}
    minutes = {"duration": "duration_s"}
    plain = (
        "activity", "distance_source", "terrain", "pace", "footwear", "stretched_before",
        "stretched_after", "walking_aid", "pain_on_standing", "notes",
    )  # fmt: skip

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    asked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    route = forms.ChoiceField(label=_("Which way?"), required=False, widget=RouteSelect)
    distance = Length(label=_("How far?"))
    distance_unit = forms.ChoiceField(label=_("Unit"), widget=UnitSelect)
    duration = Minutes(label=_("How many minutes?"), help_text=_("With the rests."))
    hurt = forms.ChoiceField(
        label=_("Did your leg hurt?"),
        choices=labels.choices(labels.HURT),
        widget=forms.RadioSelect,
        required=False,
    )
    when = forms.ChoiceField(
        label=_("When did you walk?"),
        choices=labels.choices(WHEN),
        widget=forms.RadioSelect,
        required=False,
    )
    date = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        label=_("Time you set off"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    time_zone = forms.CharField(label=_("Time zone"), required=False, max_length=64)
    activity = OneOf(labels.ACTIVITIES, label=_("What was it?"))
    distance_source = OneOf(labels.DISTANCE_SOURCES, label=_("How do you know how far?"))
    ascent = Length(label=_("Metres climbed"), unit="m")
    terrain = OneOf(labels.TERRAINS, label=_("What was the ground like?"))
    pace = OneOf(labels.PACES, label=_("How fast did you walk?"))
    footwear = forms.CharField(label=_("What was on your feet?"), required=False, max_length=100)
    walking_aid = OneOf(labels.WALKING_AIDS, label=_("What did you lean on?"))
    stretched_before = YesNo(label=_("Did you stretch before?"))
    stretched_after = YesNo(label=_("Did you stretch after?"))
    pain_on_standing = YesNo(
        label=_("That day, did standing still bring the pain on, without walking?")
    )
    notes = forms.CharField(
        label=_("Notes"),
        help_text=_("Nobody is watching these notes."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    track = forms.CharField(widget=forms.HiddenInput, required=False)
    clock_is_right = forms.BooleanField(
        label=_("The day and time are right: count this walk"), required=False
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        now: datetime,
        row: rules.Row | None = None,
        routes: Sequence[rules.Row] = (),
        **options: Any,
    ):
        self.person, self.now = person, now
        self.routes = {route["id"]: route for route in routes}
        self.zone = (row or {}).get("time_zone") or person.time_zone
        unit = _shown_unit(person, row)
        super().__init__(*args, row=row, unit=unit, **options)
        self.fields["distance_unit"].choices = unit_choices(person.units)
        if routes:
            self.fields["route"].choices = [("", _("Another way")), *self._ways()]
            self.fields["route"].widget.metres = self.routes
        else:
            del self.fields["route"]
        if not (row or routes or self.is_bound):
            self.fields["distance"].widget.attrs["autofocus"] = True
        if not (row and row.get("clock_suspect")):
            del self.fields["clock_is_right"]

    def _ways(self) -> Iterable[tuple[str, str]]:
        """The routes that are known, each with its name and its length."""
        for route_id, route in self.routes.items():
            yield route_id, f"{route['name']}, {length(route['distance_m'], self.person.units)}"

    @property
    def unfolded(self) -> bool:
        """Whether something is wrong in the folded part, so that the page opens it."""
        return bool(set(FOLDED) & set(self.errors))

    @property
    def route_m(self) -> float | None:
        """How long the chosen route is, None where none is chosen."""
        route = self.routes.get(self.cleaned_data.get("route") or "")
        return route["distance_m"] if route else None

    def values(self, unit: str) -> rules.Row:
        """The row's fields; a chosen route says how far it was, and how that is known."""
        known = {"distance_m": self.route_m, "distance_source": "known_route"}
        return {**super().values(unit), **({} if self.route_m is None else known)}

    def clean_distance(self) -> Typed | None:
        """What is typed beside a chosen route says the same, or is asked about."""
        typed = self.cleaned_data["distance"]
        if typed is None or self.route_m is None:
            return typed
        unit = typed.unit or self.typed_unit
        if shown(as_walked(self.route_m, unit)) == shown(typed.amount):
            return typed
        said = _("The way that is chosen is %s long. Which is right?")
        raise forms.ValidationError(said % length(self.route_m, self.person.units))

    @property
    def typed_unit(self) -> str:
        """The unit that was chosen last, on the page or in what was sent."""
        sent = self.data.get("distance_unit")
        return sent if sent in METRES_IN else self.first_unit

    @property
    def walked_m(self) -> float | None:
        """How far the walk went, as it was typed."""
        return self.values(self.cleaned_data["distance_unit"])["distance_m"]

    def asks(self, row: rules.Row, reread: Iterable[rules.Fault]) -> list[rules.Fault]:
        """What is odd and was not asked yet, with what was read otherwise than typed.

        Asked once: the same answers sent again are kept.
        """
        odd = [*reread, *self._odd(row)]
        mark = sha256(repr(odd).encode()).hexdigest() if odd else ""
        if mark == self.cleaned_data["asked"]:
            return []
        self.data = self.data.copy()
        self.data["asked"] = mark
        return odd

    def _odd(self, row: rules.Row) -> list[rules.Fault]:
        unsaid = row["pain"] is None and not self.cleaned_data["hurt"]
        try:
            odd = questions(rules.checked("walk", row, self.now))
        except rules.Refused:
            return []  # what is refused is said instead
        return [rules.Fault("pain", "pain_not_said"), *odd] if unsaid else odd

    def _initial(self) -> dict[str, Any]:
        row = self.stored
        initial = {
            **super()._initial(),
            "id": row.get("id") or uuid.uuid4(),
            "distance_unit": self.first_unit,
            "ascent": row.get("ascent_m"),
            "time_zone": self.zone,
            "when": "just_now",
            "track": row.get("track"),
        }
        if row.get("started_at"):
            wall = local_time(row["started_at"], self.zone)
            initial |= {
                "when": "at",
                "date": wall.date(),
                "time": wall.time().replace(second=0, microsecond=0),
            }
        if "pain" in row:
            hurt = {None: "unknown", True: "yes", False: "no"}
            initial["hurt"] = hurt[None if row["pain"] is None else bool(row["pain"])]
        return initial

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        try:
            data["time_zone"] = time_zone(data.get("time_zone") or self.zone)
        except forms.ValidationError as unknown:
            self.add_error("time_zone", unknown)
        if data.get("date") and not values.FIRST_DAY <= data["date"] <= values.LAST_DAY:
            fault = rules.Fault(
                "started_at", "date_out_of_range", {"first": values.FIRST_DAY.isoformat()}
            )
            self.add_error("date", refused(fault))
        return data

    def row(self, pain: list[rules.Row] | None) -> rules.Row:
        """The walk in the document's shape."""
        data = self.cleaned_data
        climbed = data.get("ascent")
        row = {
            **self.values(data["distance_unit"]),
            "id": str(data["id"]),
            "started_at": self._started_at(),
            "time_zone": data["time_zone"],
            "ascent_m": (
                self.stored.get("ascent_m")
                if "ascent" not in self.changed_data
                else None
                if climbed is None
                else climbed.metres("m")
            ),
            "footwear": data["footwear"] or None,
            "pain": pain,
            "clock_suspect": self.stored.get("clock_suspect"),
            "track": data["track"] or self.stored.get("track"),
        }
        if data.get("clock_is_right"):
            row["clock_suspect"] = False
        elif row["started_at"] != self.stored.get("started_at"):
            row["clock_suspect"] = None  # a new time is judged anew
        return row

    def _started_at(self) -> datetime:
        data = self.cleaned_data
        unmoved = not {"date", "time", "time_zone"} & set(self.changed_data)
        if self.stored.get("started_at") and unmoved:
            return self.stored["started_at"]
        now = local_time(self.now, data["time_zone"])
        lasted = timedelta(minutes=max(0, min(data.get("duration") or 0, MOST_MINUTES)))
        if self.counts_from_now:
            return self.now - (timedelta(hours=1) if data["when"] == "hour_ago" else lasted)
        day = data.get("date") or (
            now.date() - timedelta(days=1) if data.get("when") == "yesterday" else now.date()
        )
        clock = data.get("time") or (YESTERDAY if data.get("when") == "yesterday" else THIS_MORNING)
        return instant_of(datetime.combine(day, clock), data["time_zone"])[0]

    @property
    def counts_from_now(self) -> bool:
        """Whether the time is so long before the form is sent: each time it is, another time."""
        data = self.cleaned_data
        typed = data.get("date") or data.get("time")
        return not typed and data.get("when") in ("", "just_now", "at", "hour_ago")

    @property
    def wall_time(self) -> WallTime:
        """How the typed time stands in its zone, for a sentence about the hour that comes twice."""
        data = self.cleaned_data
        if not {"date", "time"} & set(self.changed_data) or not data.get("date"):
            return WallTime.PLAIN
        wall = datetime.combine(data["date"], data.get("time") or THIS_MORNING)
        return instant_of(wall, data["time_zone"])[1]

    def field_for(self, path: str) -> str | None:
        names = {"started_at": "date", "ascent_m": "ascent", "pain": "hurt"}
        return super().field_for(names.get(path, path))


def _shown_unit(person: Person, row: rules.Row | None) -> str:
    """The unit in which the page showed the lengths."""
    return shown_in((row or {}).get("distance_m"), person.units)


def usual(recent: list[rules.Row]) -> dict[str, Any]:
    """The answers, by field, that a new walk may take over from recent ones, newest first.

    Each is what was said of it last, however many walks have left it open since.
    """
    answers = {}
    for name in USUAL:
        said = [row[name] for row in recent if row[name]]
        if said and (name != "distance_source" or said[0] in TYPED_SOURCES):
            answers[name] = said[0]
    places = [pain for row in recent for pain in row["pain"] or () if pain["site"]]
    if places:
        where, both = body.chosen(places[0]["site"], places[0]["side"])
        answers |= {WHERE: where, **({BOTH: "on"} if both else {})}
    return answers


def filled(data: Any) -> Any:
    """What was sent, with what is said to be the same as last time where nothing else was said."""
    if not data.get("same"):
        return data
    there = data.copy()
    for name, value in parse_qsl(data["same"]):
        about_pain = name in (WHERE, BOTH)
        wanted = data.get("hurt") == "yes" and not data.get(WHERE) if about_pain else name in USUAL
        if wanted and not there.get(name):
            there[name] = value
    return there
