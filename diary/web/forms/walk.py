"""How is a walk typed in, with three answers or with many?"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules, values
from diary.clock import WallTime, instant_of, local_time
from diary.models import Person
from diary.units import SYSTEMS
from diary.web.forms.fields import Amount, OneOf, RowForm, SeveralOf, YesNo, refused, unit_choices
from diary.wording import labels

MOST_MINUTES = 2 * 24 * 60  # a longer one is refused by the rules; the clock reads no further back
WHEN = {
    "just_now": _("Just now"),
    "hour_ago": _("1 hour ago"),
    "this_morning": _("This morning"),
    "yesterday": _("Yesterday"),
    "at": _("Another time"),
}
THIS_MORNING, YESTERDAY = time(9), time(12)


class EpisodeForm(RowForm):
    """One pain of a walk."""

    lengths = {"onset_distance": "onset_distance_m", "stopped_distance": "stopped_distance_m"}
    minutes = {"onset_minutes": "onset_s", "relief_minutes": "relief_s", "rest_minutes": "rest_s"}
    plain = (
        "onset", "side", "site", "intensity", "qualities", "spread_to", "response",
        "course_while_walking", "rest_posture", "relief", "resumed",
    )  # fmt: skip

    where = forms.CharField(required=False, max_length=40)
    site = OneOf(labels.SITES, label=_("Where did it hurt most?"))
    side = OneOf(labels.SIDES, label=_("Which leg?"))
    onset_distance = Amount(
        label=_("After how far did it come?"), help_text=_("0 means from the first step.")
    )
    onset_minutes = Amount(label=_("After how many minutes did it come?"))
    intensity = forms.TypedChoiceField(
        label=_("How bad was it at its worst?"),
        help_text=_("0 is no pain, 10 is the worst pain you can think of."),
        choices=[("", _("Not recorded")), *[(n, str(n)) for n in range(11)]],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    response = OneOf(labels.RESPONSES, label=_("What did you do?"))
    rest_posture = OneOf(labels.POSTURES, label=_("How did you rest?"))
    relief = OneOf(labels.RELIEFS, label=_("Did the rest help?"))
    relief_minutes = Amount(label=_("After how many minutes of rest did it ease?"))
    rest_minutes = Amount(label=_("How many minutes did you rest?"))
    resumed = YesNo(label=_("Did you walk on afterwards?"))
    onset = OneOf(labels.ONSETS, label=_("How did it come?"))
    course_while_walking = OneOf(
        labels.COURSES, label=_("If you walked on with the pain, what did it do?")
    )
    stopped_distance = Amount(label=_("After how far did it stop you?"))
    qualities = SeveralOf(labels.QUALITIES, label=_("What did it feel like?"))
    spread_to = SeveralOf(labels.SITES, label=_("Where else did it run?"))

    def _initial(self) -> dict[str, Any]:
        """The drawing shows what the two lists say."""
        initial = super()._initial()
        site, side = self.stored.get("site"), self.stored.get("side")
        return {**initial, "where": f"{site}:{side or ''}" if site else ""}

    @property
    def has_more(self) -> bool:
        """Whether the folded part holds answers, so that the page opens it."""
        folded = set(self.fields) - {"where", "onset_distance", "site", "side"}
        return any(self[name].value() not in (None, "", []) for name in folded)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        site, _sep, side = (data.get("where") or "").partition(":")
        if site not in labels.SITES or "where" not in self.changed_data:
            return data
        if "site" in self.changed_data and data.get("site") not in (None, site):
            self.add_error("site", _("Two places are chosen for one pain. Which is right?"))
        data["site"] = site  # the drawing answers both questions at once
        if "side" not in self.changed_data or not data.get("side"):
            data["side"] = side if side in labels.SIDES else None
        return data

    @property
    def says_something(self) -> bool:
        return any(
            value not in (None, "", [])
            for name, value in self.cleaned_data.items()
            if name not in ("where", forms.formsets.DELETION_FIELD_NAME)
        )

    @property
    def removed(self) -> bool:
        return bool(self.cleaned_data.get(forms.formsets.DELETION_FIELD_NAME))

    def episode(self, unit: str) -> rules.Row:
        """The pain as a row; lists that were never asked for stay not recorded."""
        row = self.values(unit)
        for name in ("qualities", "spread_to"):
            before = self.stored.get(name)
            if before is not None and set(before) == set(row[name]):
                row[name] = list(before)
            elif not row[name] and before is None:
                row[name] = None
        return row


class Episodes(forms.BaseFormSet):
    """The pains of a walk, in order."""

    def __init__(
        self, *args: Any, rows: list[rules.Row] | None = None, where: str = "", **options: Any
    ):
        self.rows, self.where = rows or [], where
        super().__init__(*args, **options)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The stored pain of each form; the first new one starts where the walker pointed."""
        known = index is not None and index < len(self.rows)
        pointed = {"where": self.where} if self.where else {}
        return {
            **super().get_form_kwargs(index),
            "row": self.rows[index] if known and index is not None else None,
            "initial": pointed if index == 0 and not self.rows else {},
        }

    def initial_form_count(self) -> int:
        return super().initial_form_count() if self.is_bound else len(self.rows)

    @property
    def told(self) -> list[EpisodeForm]:
        """The forms that describe a pain."""
        return [form for form in self.forms if not form.removed and form.says_something]

    def pain(self, hurt: str, unit: str) -> list[rules.Row] | None:
        """The walk's pain: None where nobody knows, [] for none, at least one where it hurt."""
        told = [form.episode(unit) for form in self.told]
        if told:
            return told
        return {"yes": [{}], "no": []}.get(hurt)

    def say(self, fault: rules.Fault) -> bool:
        """Show a refusal beside the field of the pain it is about; False where it is about none."""
        found = re.fullmatch(r"pain\[(\d+)\]\.(\w+)", fault.path)
        if not found or int(found[1]) >= len(self.told):
            return False
        self.told[int(found[1])].say(fault, found[2])
        return True

    def with_one_more(self) -> Episodes:
        """The same answers, not yet checked, and room for another pain."""
        data = self.data.copy()
        count = min(self.total_form_count() + 1, rules.MOST_EPISODES)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(count)
        return type(self)(data, rows=self.rows, prefix=self.prefix, form_kwargs=self.form_kwargs)


def episodes(
    data: Mapping[str, Any] | None, rows: list[rules.Row], extra: int, unit: str, where: str = ""
) -> Episodes:
    """The forms of a walk's pains and `extra` empty ones."""
    factory = forms.formset_factory(
        EpisodeForm,
        formset=Episodes,
        extra=extra,
        can_delete=True,
        max_num=rules.MOST_EPISODES,
        absolute_max=rules.MOST_EPISODES + 1,
        validate_max=True,
    )
    return factory(data, rows=rows, where=where, prefix="pain", form_kwargs={"unit": unit})


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
    distance = Amount(label=_("How far?"))
    distance_unit = forms.ChoiceField(label=_("Unit"))
    duration = Amount(label=_("How many minutes?"), help_text=_("With the rests."))
    hurt = forms.ChoiceField(
        label=_("Did your leg hurt?"),
        choices=labels.choices(labels.HURT),
        widget=forms.RadioSelect,
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
    ascent = Amount(label=_("Metres climbed"))
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
    clock_is_right = forms.BooleanField(
        label=_("The day and time are right: count this walk"), required=False
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        now: datetime,
        row: rules.Row | None = None,
        **options: Any,
    ):
        self.person, self.now = person, now
        self.zone = (row or {}).get("time_zone") or person.time_zone
        unit = _shown_unit(person, row)
        super().__init__(*args, row=row, unit=unit, **options)
        self.fields["distance_unit"].choices = unit_choices(person.units)
        if not (row and row.get("clock_suspect")):
            del self.fields["clock_is_right"]

    def _initial(self) -> dict[str, Any]:
        row = self.stored
        initial = {
            **super()._initial(),
            "id": row.get("id") or uuid.uuid4(),
            "distance_unit": self.first_unit,
            "ascent": row.get("ascent_m"),
            "time_zone": self.zone,
            "when": "just_now",
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
        zone = data.get("time_zone") or self.zone
        try:
            data["time_zone"] = values.Zone().read(zone)
        except values.Fail as fail:
            self.add_error("time_zone", refused(rules.Fault("time_zone", fail.code)))
        if data.get("date") and not values.FIRST_DAY <= data["date"] <= values.LAST_DAY:
            fault = rules.Fault(
                "started_at", "date_out_of_range", {"first": values.FIRST_DAY.isoformat()}
            )
            self.add_error("date", refused(fault))
        return data

    def row(self, pain: list[rules.Row] | None) -> rules.Row:
        """The walk in the document's shape."""
        data = self.cleaned_data
        row = {
            **self.values(data["distance_unit"]),
            "id": str(data["id"]),
            "started_at": self._started_at(),
            "time_zone": data["time_zone"],
            "ascent_m": (
                data["ascent"] if "ascent" in self.changed_data else self.stored.get("ascent_m")
            ),
            "footwear": data["footwear"] or None,
            "pain": pain,
            "clock_suspect": self.stored.get("clock_suspect"),
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
        lasted = timedelta(minutes=min(data.get("duration") or 0, MOST_MINUTES))
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
    """The unit in which the page showed the lengths: the short one of the person's system."""
    short, long = SYSTEMS[person.units]
    distance_m = (row or {}).get("distance_m")
    return long if distance_m is not None and distance_m >= 10_000 else short


def walk_defaults(last: rules.Row | None) -> dict[str, Any]:
    """What a new walk takes over from the last one."""
    kept = ("activity", "distance_source", "terrain", "pace", "footwear", "walking_aid")
    return {name: last[name] for name in kept if last and last.get(name)}
