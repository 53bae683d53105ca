"""What do two versions of one day say together, so that nothing that either names is lost?"""

from __future__ import annotations

from typing import Any

from diary.rules import Row


def together(one: Row, other: Row) -> Row:
    """Every sign and place of two checked check-ins, the worse of each answer, the notes of both.

    A leg on which they differ is left open: as "both" it would silence the signs of a single leg.
    """
    legs = {row["side"] for row in (one, other) if row["signs"]}
    legs = legs or {one["side"] or other["side"]}
    worse = ("pain_at_rest", "night_pain", "morning_stiffness_s")
    return {
        **one,
        **{name: max(_said(one, other, name), default=None) for name in worse},
        **{name: _either(_said(one, other, name)) for name in ("signs", "sites")},
        "side": legs.pop() if len(legs) == 1 else None,
        "signs_began": min(_said(one, other, "signs_began"), default=None),
        "notes": "\n".join(dict.fromkeys(filter(None, _said(one, other, "notes")))),
    }


def _said(one: Row, other: Row, name: str) -> list[Any]:
    return [row[name] for row in (one, other) if row[name] is not None]


def _either(lists: list[list[str]]) -> list[str] | None:
    """What any list names, [] where they were asked and name nothing, None where none was asked."""
    return [*dict.fromkeys(word for each in lists for word in each)] if lists else None
