"""How is one value of a row read, and when is it refused?

Each reader has one method, `read`, which gives the value as it is kept or raises Fail with a code.
"""

from __future__ import annotations

import math
import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from diary import polyline
from diary.clock import zone_names

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)


class Fail(Exception):
    """Raised by one field's reader; becomes a Fault with the field's path."""

    def __init__(self, code: str, **params: Any):
        self.code, self.params = code, params
        super().__init__(code)


@dataclass(frozen=True)
class Number:
    """A finite number within closed bounds."""

    low: float
    high: float
    whole: bool = False

    def read(self, value: Any) -> float | int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Fail("not_a_number")
        if value != value or value in (math.inf, -math.inf):
            raise Fail("not_finite")
        if not -1e15 < value < 1e15:  # a whole number can be too long for a float
            raise Fail("out_of_range", low=self.low, high=self.high)
        if value < self.low:
            raise Fail("negative" if self.low == 0 else "too_small", low=self.low, high=self.high)
        if value > self.high:
            raise Fail("too_large", low=self.low, high=self.high)
        if self.whole:
            if value != int(value):
                raise Fail("not_whole", low=self.low, high=self.high)
            return int(value)
        return float(value)


@dataclass(frozen=True)
class Choice:
    """One word of a list."""

    values: tuple[str, ...]

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.values:
            raise Fail("not_a_choice")
        return value


@dataclass(frozen=True)
class Choices:
    """Some words of a list, in order, each once. An empty list means asked, and none."""

    values: tuple[str, ...]

    def read(self, value: Any) -> list[str]:
        if not isinstance(value, list | tuple) or any(
            not isinstance(each, str) or each not in self.values for each in value
        ):
            raise Fail("not_choices")
        return list(dict.fromkeys(value))


@dataclass(frozen=True)
class Text:
    """Text of bounded length, without characters that a database or a page cannot carry."""

    longest: int
    blank: bool = True  # whether it may say nothing

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Fail("not_text")
        if not self.blank and not value.strip():
            raise Fail("required")
        if len(value) > self.longest:
            raise Fail("too_long", longest=self.longest, length=len(value))
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise Fail("bad_characters")
        return value


@dataclass(frozen=True)
class Track:
    """A line that was walked, as an encoded polyline; it is kept as it was sent."""

    def read(self, value: Any) -> str:
        text = Text(polyline.LONGEST).read(value)
        try:
            points = polyline.decoded(text)
        except ValueError:
            raise Fail("not_a_track") from None
        if len(points) < 2:
            raise Fail("not_a_track")
        if len(points) > polyline.MOST_POINTS:
            raise Fail("track_too_long", most=polyline.MOST_POINTS)
        return text


@dataclass(frozen=True)
class Email:
    """An address for mail, in small letters."""

    def read(self, value: Any) -> str:
        text = Text(254).read(value).strip().lower()
        if not re.fullmatch(r"[^@\s<>,;:\"]+@[^@\s<>,;:\".]+(\.[^@\s<>,;:\".]+)+", text):
            raise Fail("not_an_email")
        return text


@dataclass(frozen=True)
class Truth:
    """Yes or no."""

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise Fail("not_yes_or_no")
        return value


@dataclass(frozen=True)
class Day:
    """A calendar day as YYYY-MM-DD."""

    first: date = FIRST_DAY

    def read(self, value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            day = value
        elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                raise Fail("not_a_date") from None
        else:
            raise Fail("not_a_date")
        if not self.first <= day <= LAST_DAY:
            raise Fail("date_out_of_range", first=self.first.isoformat())
        return day


@dataclass(frozen=True)
class Instant:
    """A moment as RFC 3339 with its offset, kept to the microsecond."""

    def read(self, value: Any) -> datetime:
        if isinstance(value, datetime):
            moment = value
        else:
            if not isinstance(value, str) or not re.fullmatch(
                r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})?", value,
                re.ASCII,
            ):  # fmt: skip
                raise Fail("not_a_time")
            try:
                moment = datetime.fromisoformat(value.upper())
            except ValueError:
                raise Fail("not_a_time") from None
        if moment.tzinfo is None:
            raise Fail("no_offset")
        if not FIRST_DAY.year <= moment.year <= LAST_DAY.year:
            raise Fail("date_out_of_range", first=FIRST_DAY.isoformat())
        return moment


@dataclass(frozen=True)
class Zone:
    """An IANA zone name."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or value not in zone_names():
            raise Fail("unknown_zone")
        return value


@dataclass(frozen=True)
class Identifier:
    """A UUID in its ordinary form, any case."""

    def read(self, value: Any) -> str:
        if isinstance(value, uuid.UUID):
            return str(value)
        if not isinstance(value, str) or not re.fullmatch(
            r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value, re.ASCII
        ):
            raise Fail("not_a_uuid")
        return value.lower()
