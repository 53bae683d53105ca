"""How is a request read: its JSON, its parameters, and the version that it means to change?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import IO, Any

from django.utils.http import parse_etags
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from diary import rules, values
from diary.access import NEW, STORED
from diary.api.problems import Refusal
from diary.exchange.sync import REVISION

LARGEST_BYTES = 2 * 1024 * 1024


class JSONParser(BaseParser):
    """JSON of bounded size, or of the view's own `largest_bytes`; NaN and the like are refused."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: Any = None, parser_context: Any = None) -> Any:
        most = getattr(parser_context["view"], "largest_bytes", LARGEST_BYTES)
        data = stream.read(most + 1)
        if len(data) > most:
            raise Refusal("too_large")
        return self.parsed(data)

    def parsed(self, data: bytes) -> Any:
        try:
            return json.loads(data.decode("utf-8"), parse_constant=_refused)
        except (ValueError, RecursionError):
            raise ParseError from None


class MergePatchParser(JSONParser):
    """The changes of a PATCH under the name that RFC 7396 gives them."""

    media_type = "application/merge-patch+json"


class BytesParser(JSONParser):
    """The bytes of a diary document, read by `exchange` as from a file."""

    def parsed(self, data: bytes) -> bytes:
        return data


class JSONAlone(DefaultContentNegotiation):
    """Answers are JSON, or what the address says, whatever a reader says to accept."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


def _refused(constant: str) -> None:
    raise ValueError(constant)


def sent(request: Request) -> Any:
    """What a request's body says; raises ParseError where there is none."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch(r"0*[1-9]\d{0,15}", length, re.ASCII):
        raise ParseError
    return request.data


def object_sent(request: Request) -> dict[str, Any]:
    """The named values of a request's body; may be refused."""
    data = sent(request)
    if not isinstance(data, Mapping):
        raise rules.Refused([rules.Fault("", "not_an_object")])
    return dict(data)


def row_sent(request: Request) -> dict[str, Any]:
    """The row of a request's body, without the revision that an answer carried; may be refused."""
    row = object_sent(request)
    if "revision" in row:
        try:
            REVISION.read(row.pop("revision"))
        except values.Fail as fail:
            raise rules.Refused([rules.Fault("revision", fail.code, fail.params)]) from None
    return row


def seen_revisions(request: Request) -> int | tuple[int, ...]:
    """The revisions of If-Match, those that are none of ours left out; STORED for `*`.

    NEW without one: only what changes nothing, or was never there, is then taken.
    """
    header = request.headers.get("If-Match")
    if header is None:
        return NEW
    tags = parse_etags(header)
    found = (re.fullmatch(r'"(\d{1,15})"', tag, re.ASCII) for tag in tags)
    return STORED if "*" in tags else tuple(int(each[1]) for each in found if each)


def is_known(request: Request, tag: str) -> bool:
    """Whether If-None-Match has a tag; weak ones say the same of what is only read."""
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in tags or tag in {each.removeprefix("W/") for each in tags}


def parameters(request: Request, readers: Mapping[str, Any]) -> dict[str, Any]:
    """The query's values, read; absent ones as None. Raises rules.Refused with every fault."""
    faults = [
        rules.Fault(rules.printable(name), "unknown_parameter")
        for name in request.query_params
        if name not in readers
    ]
    read: dict[str, Any] = dict.fromkeys(readers)
    for name in readers:
        if name not in request.query_params:
            continue
        try:
            read[name] = readers[name].read(request.query_params[name])
        except values.Fail as fail:
            faults.append(rules.Fault(name, fail.code, fail.params))
    if faults:
        raise rules.Refused(faults)
    return read


class Count:
    """A whole number within bounds, written in digits."""

    def __init__(self, low: int, high: int):
        self.low, self.high = low, high

    def read(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            raise values.Fail("not_whole", low=self.low, high=self.high)
        return int(values.Number(self.low, self.high, whole=True).read(int(text)))
