"""Which pictures of a diary are there, and where are they kept once they are drawn?

A page never waits for Matplotlib: it shows sentences and tables, and asks for each picture by an
address of its own. What was drawn or counted is kept with the report that it is of.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.db import transaction

from diary.frames import frames
from diary.models import StoredReport

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diary.analytics.columns import DiaryFrames

Span = tuple[date, date]  # from the first day to the last
SIZES = ("page", "phone")
THEMES = ("light", "dark")
# By name, and the forms in which each can be had; a test holds them against the charts themselves.
PICTURES = ("onset", "pain_free", "weeks", "body", "legs", "relief", "pace")
OF_CLINIC = ("onset", "relief")  # of these, what somebody it is shared with sees
FORMS = {"svg": "image/svg+xml", "png": "image/png"}
# The parts of an assessment that charts draw, and sentences beside them tell.
CHARTED = ("as_of", "charted_from", "walks", "onset", "relief", "check_ins", "data", "standing")
# A table longer than this is no help on a page; on a clinician's it may be looked through.
MOST_ROWS, MOST_ROWS_OF_CLINIC = 60, 200
# Letters of packed pictures and tables that are kept with a report: some twenty periods, sizes and
# languages of a long diary.
MOST_KEPT = 1_500_000
# Matplotlib is not made for threads; and two who ask for the same at once are told by one drawing.
DRAWING = Lock()


def charted(
    report: StoredReport, span: Span | None = None, most: int = MOST_ROWS
) -> dict[str, Any]:
    """What stands beside and below the charts of some days, or of all; made once a revision.

    `assessment`: the parts of the assessment of those days that the charts draw, and
    `charted_from`, the day on which their axes begin, where not all days are asked for. `beside`:
    counts for their sentences. `tables`: of each chart the rows of its table, about `most` at the
    most (see `charts.table.told`), and how many are left out.
    """
    return _kept(report, ["told", _days(span), most], lambda: _charted(report, span, most))


def _charted(report: StoredReport, span: Span | None, most: int) -> dict[str, Any]:
    from diary.analytics.assess import assess  # pandas and SciPy take seconds to load
    from diary.analytics.charted import beside
    from diary.analytics.recorded import days_recorded
    from diary.charts.table import TABLES, told

    whole, assessment = frames(report.diary, report.since), report.assessment
    rows = whole
    if span:
        first = max(span[0], min(days_recorded(whole), default=span[0]))
        rows = _of_days(whole, span)
        assessment = {**assess(rows, span[1]), "charted_from": first.isoformat()}
    tables = {}
    for name, rows_of in TABLES.items():
        shown, left_out = told(name, rows_of(assessment, rows), most)
        tables[name] = {"rows": shown, "left_out": left_out}
    last = date.fromisoformat(assessment["as_of"])
    return {
        "assessment": {name: assessment[name] for name in CHARTED if name in assessment},
        "beside": beside(whole, assessment.get("charted_from"), last),
        "tables": tables,
    }


def _of_days(rows: DiaryFrames, span: Span) -> DiaryFrames:
    """The entries of some days, and every change up to their end: one made before them may last."""
    return replace(rows.between(*span), changes=rows.until(span[1]).changes)


def charts_of(
    report: StoredReport, unit: str, words: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """The charts of a clinician by name: an SVG for each size of screen, and the table's rows.

    `words` are in the reader's language. Drawn once for each unit and set of words.
    """
    kept: dict[str, dict[str, Any]] = _kept(
        report, ["clinic", unit, dict(words)], lambda: _of_clinic(report, unit, words), DRAWING
    )
    return kept


def _of_clinic(
    report: StoredReport, unit: str, words: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    tables = charted(report, None, MOST_ROWS_OF_CLINIC)["tables"]
    looks = {size: {"unit": unit, "size": size} for size in SIZES}
    return {
        name: {
            **tables[name],
            **{size: _svg(report, name, look, words, None, False) for size, look in looks.items()},
        }
        for name in OF_CLINIC
    }


def drawing(
    report: StoredReport,
    name: str,
    look: Mapping[str, str],
    words: Mapping[str, str],
    span: Span | None = None,
    alone: bool = False,
) -> str:
    """One chart as an SVG, to stand in a page or `alone` as a file: drawn once a revision.

    `look` as charts.look.Look; `words` in the reader's language.
    """
    key = ["drawn", name, dict(look), dict(words), _days(span), alone]
    return _kept(report, key, lambda: _svg(report, name, look, words, span, alone), DRAWING)


def picture(
    report: StoredReport, name: str, form: str, look: Mapping[str, str], words: Mapping[str, str]
) -> bytes:
    """One chart of a report as a file by itself, `svg` or `png`."""
    if form == "svg":
        return drawing(report, name, look, words, alone=True).encode()
    from diary.charts.svg import png  # matplotlib takes a second to load

    with DRAWING:
        return png(_figure(report, name, look, words, None))


def _svg(
    report: StoredReport,
    name: str,
    look: Mapping[str, str],
    words: Mapping[str, str],
    span: Span | None,
    alone: bool,
) -> str:
    from diary.charts.svg import svg  # matplotlib takes a second to load

    figure = _figure(report, name, look, words, span)
    figure.set_gid(name if alone else f"{name}-{look['size']}")
    return svg(figure, words[f"{name}_title"], words[f"{name}_description"], alone=alone)


def _figure(
    report: StoredReport,
    name: str,
    look: Mapping[str, str],
    words: Mapping[str, str],
    span: Span | None,
) -> Figure:
    from diary.charts.drawings import CHARTS  # matplotlib takes a second to load
    from diary.charts.look import Look

    rows, assessment = frames(report.diary, report.since), report.assessment
    if span:
        rows, assessment = _of_days(rows, span), charted(report, span)["assessment"]
    return CHARTS[name](assessment, rows, Look(**look), words)


def _days(span: Span | None) -> list[str]:
    return [day.isoformat() for day in span or ()]


def _kept(
    report: StoredReport,
    key: Any,
    make: Callable[[], Any],
    one_at_a_time: AbstractContextManager[Any] | None = None,
) -> Any:
    """What `make` gives, made once for each revision of a report.

    It is kept with the report, among so much that the row does not grow without end. Whoever waited
    for their turn finds what was made meanwhile.
    """
    name = f"k{hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()}"
    made = _found(report, name)
    if made is None:
        with one_at_a_time or nullcontext():
            made = _found(report, name)
            if made is None:
                made = _packed(make())
                _keep(report, name, made)
    return json.loads(zlib.decompress(base64.b64decode(made)))


def _packed(value: Any) -> str:
    return base64.b64encode(zlib.compress(json.dumps(value).encode())).decode()


def _of_revision(report: StoredReport) -> Any:
    return StoredReport.objects.filter(
        pk=report.pk, revision=report.revision, edition=report.edition
    )


def _found(report: StoredReport, name: str) -> str | None:
    made: str | None = _of_revision(report).values_list(f"charts__{name}__made", flat=True).first()
    return made


def _keep(report: StoredReport, name: str, made: str) -> None:
    """Put down what was made, unless the report was worked out anew meanwhile."""
    with transaction.atomic():
        row = _of_revision(report).select_for_update().first()
        if row:
            last = max((kept["nth"] for kept in row.charts.values()), default=0)
            row.charts = _bounded({**row.charts, name: {"nth": last + 1, "made": made}})
            row.save(update_fields=["charts"])


def _bounded(kept: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The newest of what is kept, up to MOST_KEPT letters; the last always."""
    room, chosen = MOST_KEPT, {}
    for name, each in sorted(kept.items(), key=lambda item: -item[1]["nth"]):
        room -= len(each["made"])
        if chosen and room < 0:
            break
        chosen[name] = each
    return chosen
