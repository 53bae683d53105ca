"""How is a diary written to a file, and read back?"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from diary import rules

# Ten years are a few megabytes, with a long note a day fifteen; a file that was written here must
# always be read back.
LARGEST_BYTES = 24 * 1024 * 1024
# Ids of rows that came without one are derived from their content, so that
# reading the same file twice gives the same rows.
NAMESPACE = uuid.UUID("5b2f3f0e-6d0c-5f57-9a0e-0d5a4c9f7e11")


def derived_id(shape: str, row: Mapping[str, Any]) -> str:
    """The id of a checked row without one: the same content gives the same id."""
    content = {name: value for name, value in written(row).items() if name != "id"}
    return str(uuid.uuid5(NAMESPACE, f"{shape}:{json.dumps(content, sort_keys=True)}"))


def identified(shape: str, row: rules.Row) -> rules.Row:
    """A checked row with its id, derived where it came without one."""
    if "id" in row and row["id"] is None:
        return {**row, "id": derived_id(shape, row)}
    return row


def written(row: Mapping[str, Any]) -> dict[str, Any]:
    """A checked row as plain JSON values; what was not recorded is left out."""
    return {
        name: _plain(value)
        for name, value in row.items()
        if value is not None and not (name == "notes" and value == "")
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return rules.utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return [written(each) if isinstance(each, Mapping) else _plain(each) for each in value]
    return value


def dumped(document: Mapping[str, Any]) -> bytes:
    """A diary (profile and lists of checked rows) as the bytes of a diary document.

    Rows stand in the order of their time and id, so the same diary always gives the same bytes.
    """
    whole: dict[str, Any] = {"format": "walking-diary", "version": 1}
    if document.get("profile"):
        whole["profile"] = written(document["profile"])
    for plural in rules.LISTS:
        rows = [written(row) for row in document.get(plural, ())]
        whole[plural] = sorted(rows, key=_place)
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def _place(row: Mapping[str, Any]) -> tuple[str, str]:
    # Instants are all written in UTC, but a fraction of a second sorts wrongly beside a plain 'Z'.
    return str(row.get("started_at", row.get("date"))).removesuffix("Z"), str(row.get("id", ""))


def loaded(data: bytes, now: datetime | None = None) -> rules.Row:
    """A checked diary document from a file's bytes; raises rules.Refused with every fault."""
    if len(data) > LARGEST_BYTES:
        most_mb = LARGEST_BYTES >> 20
        raise rules.Refused([rules.Fault("", "file_too_large", {"most_mb": most_mb})])
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise rules.Refused([rules.Fault("", "not_json")]) from None
    return rules.document_checked(document, now)
