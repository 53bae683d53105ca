"""What does a device that syncs send, and where does it stand?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diary import rules, values
from diary.exchange import document

MOST_ITEMS = 1_000
KINDS = values.Choice(("profile", *rules.KEYS))
OPS = values.Choice(("put", "delete"))
REVISION = values.Number(0, 2**53, whole=True)
FIELDS: dict[str, Any] = {"kind": KINDS, "op": OPS, "base_revision": REVISION, "value": None}


@dataclass(frozen=True)
class Item:
    """One item of a batch: which row, what is to become of it, and the revision last seen."""

    kind: str
    op: str
    name: Any  # an id as text, a date; None for the profile
    row: rules.Row
    base_revision: int


@dataclass(frozen=True)
class Cursor:
    """How far a device has read; `begun` is what was forgotten when it began from nothing."""

    since: int = 0
    begun: int = 0

    def __str__(self) -> str:
        return f"{self.since}.{self.begun}" if self.begun else str(self.since)


def cursor(text: str) -> Cursor:
    """A cursor from what an earlier answer called it; raises rules.Refused."""
    found = re.fullmatch(r"(\d{1,15})(?:\.(\d{1,15}))?", text, re.ASCII)
    if not found:
        raise rules.Refused([rules.Fault("since", "not_a_cursor")])
    return Cursor(int(found[1]), int(found[2] or 0))


def name_of(kind: str, key: Any) -> Any:
    """The name of a row from its id or its date as text; None where it cannot be one."""
    try:
        return rules.FIELDS[kind][rules.KEYS[kind]].read(key)
    except values.Fail:
        return None


def item(sent: Any, now: datetime) -> Item:
    """One checked item of a batch; raises rules.Refused with every fault."""
    if not isinstance(sent, Mapping):
        raise rules.Refused([rules.Fault("", "not_an_object")])
    faults = [
        rules.Fault(rules.printable(name), "unknown_field") for name in sent if name not in FIELDS
    ]
    clean: dict[str, Any] = {"base_revision": 0}
    for name in ("kind", "op", "base_revision"):
        try:
            if sent.get(name) is not None:
                clean[name] = FIELDS[name].read(sent[name])
            elif name not in clean:
                faults.append(rules.Fault(name, "required"))
        except values.Fail as fail:
            faults.append(rules.Fault(name, fail.code, fail.params))
    if faults:
        raise rules.Refused(faults)
    kind, op = clean["kind"], clean["op"]
    row = _deleted(kind, sent.get("value")) if op == "delete" else _put(kind, sent, now)
    return Item(kind, op, rules.name(kind, row), row, clean["base_revision"])


def _put(kind: str, sent: Mapping[str, Any], now: datetime) -> rules.Row:
    value = sent.get("value")
    if isinstance(value, Mapping) and "revision" in value:
        # Sent back as it was read; which revision was seen is what `base_revision` says.
        value = {name: said for name, said in value.items() if name != "revision"}
    return document.identified(kind, rules.checked(kind, value, now, "value"))


def _deleted(kind: str, value: Any) -> rules.Row:
    """The name of what is to be deleted, whatever else of the row is sent with it."""
    if kind not in rules.KEYS:
        raise rules.Refused([rules.Fault("op", "not_a_choice")])
    if not isinstance(value, Mapping):
        raise rules.Refused([rules.Fault("value", "not_an_object")])
    key = rules.KEYS[kind]
    try:
        return {key: rules.FIELDS[kind][key].read(value.get(key))}
    except values.Fail as fail:
        raise rules.Refused([rules.Fault(f"value.{key}", fail.code, fail.params)]) from None
