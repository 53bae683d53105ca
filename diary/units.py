"""How long is a distance in the walker's own units?"""

from __future__ import annotations

METRES_IN = {"m": 1.0, "km": 1000.0, "yd": 0.9144, "mi": 1609.344}
# The short and the long unit that a person chose to read and write in.
SYSTEMS = {"metric": ("m", "km"), "imperial": ("yd", "mi")}


# From this long on a form shows a length in the long unit.
LONG_FROM_M = 10_000


def shown_in(length_m: float | None, system: str) -> str:
    """The unit in which a form shows a length, or asks for one."""
    short, long = SYSTEMS[system]
    return long if length_m is not None and length_m >= LONG_FROM_M else short


def metres(value: float, unit: str) -> float:
    """A length in metres, to the millimetre."""
    return round(value * METRES_IN[unit], 3)


def in_unit(length_m: float, unit: str) -> float:
    """A length in metres as a number of another unit, not rounded."""
    return length_m / METRES_IN[unit]
