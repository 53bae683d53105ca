"""How is an object read that is no row of a diary: a device's name, an account's settings?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request

from diary import rules, values
from diary.api.parsing import sent


def fields_sent(request: Request, readers: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the object that was sent, read; raises rules.Refused with every fault."""
    data = sent(request)
    if not isinstance(data, Mapping):
        raise rules.Refused([rules.Fault("", "not_an_object")])
    faults, read = [], {}
    for name, value in data.items():
        if name not in readers:
            faults.append(rules.Fault(rules.printable(name), "unknown_field"))
            continue
        try:
            read[name] = readers[name].read(value)
        except values.Fail as fail:
            faults.append(rules.Fault(name, fail.code, fail.params))
    if faults:
        raise rules.Refused(faults)
    return read
