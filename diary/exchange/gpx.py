"""Which walk does a GPX file record?"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from xml.parsers import expat

from diary.exchange.places import Point
from diary.exchange.track import Recording, recording_of, refusal
from diary.rules import Refused

LARGEST_BYTES = 25 * 1024 * 1024
MOST_POINTS = 200_000
# No recorder nests or strings out its elements like this: only files made to exhaust a reader do.
DEEPEST = 32
MOST_ELEMENTS = 4_000_000
# The longest text of a time or a height that is read at all.
LONGEST_TEXT = 64
# Recorders with a lost or overflown clock write years such as 1901 or 9999.
FIRST_YEAR, LAST_YEAR = 2000, 2100
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def walk_from_gpx(data: bytes) -> Recording:
    """The walk that a GPX file records, to be proposed to the walker; Refused where there is none.

    Every fault lies at the path 'file'. Codes: file_empty, file_too_large, too_many_points,
    forbidden_xml, not_gpx, no_track, and those of `track.recording_of`.
    """
    if not data.strip():
        raise refusal("file_empty")
    if len(data) > LARGEST_BYTES:
        raise refusal("file_too_large", most_mb=LARGEST_BYTES >> 20)
    reader = _read(data)
    if not reader.is_gpx:
        raise refusal("not_gpx")
    segments = [segment for segment in reader.segments if segment]
    if not segments:
        raise refusal("no_track" if reader.complete else "not_gpx")
    return recording_of(segments, complete=reader.complete)


def _read(data: bytes) -> _Reader:
    """What a file says, up to the place where it breaks off or stops being XML."""
    if not data.startswith(BOMS):
        data = data.lstrip()  # a blank line before the declaration is common and harmless
    reader = _Reader()
    try:
        reader.parse(data)
    except UnicodeDecodeError:
        # A place name in another encoding than the file claims; the positions are plain ASCII.
        reader = _Reader()
        reader.parse(data.decode("utf-8", "replace").encode("utf-8"))
    return reader


class _Reader:
    """Track points gathered while the parser goes through a file once.

    Expat without namespaces: an undeclared prefix, which real recorders write, is then no error,
    and entities can be refused where they are declared, before any is expanded.
    """

    def __init__(self) -> None:
        self.is_gpx = False
        self.complete = True
        self.segments: list[list[Point]] = []
        self._depth = self._elements = self._points = self._in_track = self._in_point = 0
        self._position: tuple[float, float] | None = None
        self._said: dict[str, str] = {}
        self._collecting: str | None = None

    def parse(self, data: bytes) -> None:
        """Gather the points; raises UnicodeDecodeError where the text is not in its encoding."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            if error.code == INVALID_TOKEN and parser.CurrentByteIndex >= 0:
                _try_decoding(data)
            # The root element closed before the fault: only rubbish after the end.
            self.complete = self.is_gpx and self._depth == 0
        except Refused:
            raise
        except (LookupError, ValueError) as error:  # an encoding that expat does not read
            raise refusal("not_gpx") from error

    def _entity(self, *_: object) -> None:
        raise refusal("forbidden_xml")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST or self._elements > MOST_ELEMENTS:
            raise refusal("forbidden_xml")
        if self._depth == 1:
            self.is_gpx = name == "gpx"
        elif name == "trk":
            self._in_track = self._depth
        elif name == "trkpt" and self._in_track:
            self._in_point = self._depth
            self._position = _position(attributes)
            self._said = {}
        elif self._in_point and self._depth == self._in_point + 1 and name in ("time", "ele"):
            self._collecting = name
            self._said[name] = ""
        if name in ("trk", "trkseg"):
            self.segments.append([])

    def _text(self, text: str) -> None:
        if self._collecting and len(self._said[self._collecting]) < LONGEST_TEXT:
            self._said[self._collecting] += text[:LONGEST_TEXT]

    def _end(self, _: str) -> None:
        self._collecting = None
        if self._depth == self._in_point:
            self._in_point = 0
            self._keep()
        elif self._depth == self._in_track:
            self._in_track = 0
        self._depth -= 1

    def _keep(self) -> None:
        self._points += 1
        if self._points > MOST_POINTS:
            raise refusal("too_many_points", most=MOST_POINTS)
        if self._position:
            latitude, longitude = self._position
            self.segments[-1].append(
                Point(latitude, longitude, _instant(self._said), _height_m(self._said))
            )


INVALID_TOKEN = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]


def _try_decoding(data: bytes) -> None:
    """Raise UnicodeDecodeError for a file that claims UTF-8, or nothing, and is not."""
    opening = data[:200].lower()
    if b"encoding" not in opening or b"utf-8" in opening:
        data.decode("utf-8")


def _position(attributes: dict[str, str]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(attributes["lat"]), float(attributes["lon"])
    except (KeyError, ValueError):
        return None
    # NaN fails both comparisons.
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return latitude, longitude
    return None


def _instant(said: dict[str, str]) -> float | None:
    """Seconds since 1970; None for a time that no recorder with a clock would write."""
    try:
        moment = datetime.fromisoformat(said["time"].strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)  # GPX says that times are UTC
        return moment.timestamp() if FIRST_YEAR <= moment.year < LAST_YEAR else None
    except (KeyError, ValueError, OverflowError):
        return None


def _height_m(said: dict[str, str]) -> float | None:
    """Metres above the sea; None for what is not on this planet's surface."""
    try:
        height_m = float(said["ele"])
    except (KeyError, ValueError):
        return None
    return height_m if math.isfinite(height_m) and -500 <= height_m <= 9000 else None
