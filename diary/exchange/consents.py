"""How are a diary's consents, and who has looked at it, written to a file for its owner?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from diary import rules

# What each field means; it stands in the file too.
FIELDS = {
    "consents": {
        "at": "when it happened, in UTC",
        "share_uid": "which share, the same in both lists",
        "event": "invited, accepted (by the invited person), agreed (by the owner), code_used, "
        "changed, stopped (by the owner), replaced (by a newer share with the same person), "
        "left (by the person it was shared with), role_removed (by the site's operator), or "
        "account_deleted (of the person it was shared with)",
        "by_owner": "whether the diary's owner did it",
        "what": "what was shared from then on: summary, entries, or notes (entries with notes)",
        "since": "the first day that was shared; null for every day",
        "ends_at": "when the share was to end, in UTC",
        "email": "the address that was invited; empty for a code that was read out",
        "name": "the name that the other person gave",
        "role": "the role that the other person gave",
    },
    "access": {
        "at": "when it happened, in UTC",
        "share_uid": "which share, the same in both lists",
        "reading": "what was looked at, or done",
        "refused": "true where it was tried and nothing was shown",
        "name": "the name of the person who looked, as of then",
        "role": "the role of the person who looked, as of then",
    },
}


def dumped(
    consents: Iterable[Mapping[str, Any]], access: Iterable[Mapping[str, Any]], written_at: datetime
) -> bytes:
    """Both lists as the bytes of one JSON file, in the order given, with what each field means."""
    whole = {
        "format": "walking-diary-sharing",
        "version": 1,
        "written_at": rules.utc(written_at),
        "fields": FIELDS,
        "consents": [_row("consents", row) for row in consents],
        "access": [_row("access", row) for row in access],
    }
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def _row(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(row[name]) for name in FIELDS[kind]}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return rules.utc(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | str) else str(value)
