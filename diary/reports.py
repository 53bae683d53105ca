"""What does a diary show as of its last day? The unit that every face draws from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from diary import rules
from diary.clock import local_date
from diary.frames import frames
from diary.models import Diary, Share, StoredReport, Walk
from diary.models.work_list import Standing
from diary.values import FIRST_DAY

if TYPE_CHECKING:
    from diary.analytics.columns import DiaryFrames

PERIOD = timedelta(days=28)
# One entry makes no pattern, and asks for help all the same.
NO_PATTERN = {"claudication": "insufficient_data"}


@cache
def edition() -> str:
    """A name for the analyses, charts and words as they are now, so that nothing older is shown."""
    here = Path(__file__).parent
    modules = ("rules", "values", "answers", "clock", "units", "frames", "pictures")
    sources = [here / f"{name}.py" for name in modules]
    sources.append(here / "static" / "diary" / "body.svg")
    for part in ("analytics", "charts", "evidence", "wording"):
        sources += here.glob(f"{part}/**/*.py")
    return _digest(b"".join(path.read_bytes() for path in sorted(sources)))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def report_for(diary: Diary, since: date | None = None) -> StoredReport:
    """The report of a diary, worked out anew only where the diary has moved on since the last.

    With `since` what came before that day counts for nothing, as for somebody who may not see it.
    """
    diary.refresh_from_db(fields=["revision"])  # before the rows: a later write makes it stale
    first = since or FIRST_DAY
    stored = StoredReport.objects.defer("charts").filter(diary=diary, since=first).first()
    if stored and (stored.revision, stored.edition) == (diary.revision, edition()):
        return stored
    from diary.analytics.assess import assess  # pandas and SciPy take seconds to load

    rows = frames(diary, since)
    as_of = _as_of(rows, local_date(timezone.now(), diary.owner.time_zone))
    fresh = {
        "revision": diary.revision,
        "edition": edition(),
        "assessment": assess(rows, as_of, source=str(diary.pk)),
        "charts": {},
    }
    return StoredReport.objects.update_or_create(diary=diary, since=first, defaults=fresh)[0]


def _as_of(rows: DiaryFrames, today: date) -> date:
    """The last day that counts: of the newest walk, check-in or measurement, today at the latest.

    A measurement is taken in clinic, days after the last walk; a diary without any stands at today.
    """
    measured = [day for day in rows.measurements["date"] if day <= today]
    return max([day for day in (rows.last_day, *measured) if day], default=today)


def own_assessment(report: StoredReport) -> dict[str, Any]:
    """The assessment as the diary's own walker sees it: without causes where the site says so."""
    if settings.CAUSES_FOR == "clinicians":
        return {**report.assessment, "causes": [], "next_observation": _withheld(report)}
    return dict(report.assessment)


def _withheld(report: StoredReport) -> dict[str, Any] | None:
    """What to record next, without the causes that it would tell apart."""
    observation = report.assessment["next_observation"]
    if not observation or not observation["separates"]:
        return observation
    return {**observation, "why": "for_the_clinician", "separates": []}


def bring_up_to_date(share: Share) -> bool:
    """Work out what the work list shows of a share; False where the diary has moved on by then."""
    from diary.analytics.reasons import facts
    from diary.charts.spark import spark
    from diary.charts.table import onset_rows  # pandas and SciPy take seconds to load

    report, now = report_for(share.diary, share.since), timezone.now()
    assessment = report.assessment
    drawn = spark(
        onset_rows(assessment, frames(report.diary, report.since)),
        date.fromisoformat(assessment["as_of"]),
    )
    today = local_date(now, share.diary.owner.time_zone)
    standing = Standing(facts(assessment), drawn, report.revision, report.edition)
    return share.show(standing, today)


def usual_periods(today: date) -> dict[str, date]:
    """What is compared where nothing else is asked for: the last 28 days with the 28 before."""
    return {
        "earlier_from": today - 2 * PERIOD + timedelta(days=1),
        "earlier_until": today - PERIOD,
        "later_from": today - PERIOD + timedelta(days=1),
        "later_until": today,
    }


def compared(
    diary: Diary, since: date | None, earlier: tuple[date, date], later: tuple[date, date]
) -> dict[str, Any]:
    """Two periods of a diary side by side, worked out at each asking; of shared days alone.

    Raises rules.Refused where they cannot be put side by side.
    """
    if faults := [*_unfit(earlier, later)]:
        raise rules.Refused(faults)
    from diary.analytics import periods  # pandas and SciPy take seconds to load

    spans = [(max(first, since or first), last) for first, last in (earlier, later)]
    return periods.compared(frames(diary, since), *spans)


def _unfit(earlier: tuple[date, date], later: tuple[date, date]) -> Iterator[rules.Fault]:
    """What is wrong with two periods as they were asked for."""
    turned = [side[1] < side[0] for side in (earlier, later)]
    for name, wrong in zip(("earlier_until", "later_until"), turned, strict=True):
        if wrong:
            yield rules.Fault(name, "ends_before_it_begins")
    if not any(turned) and later[1] < earlier[0]:
        yield rules.Fault("later_until", "out_of_order")


def flags_of_day(check_in: rules.Row, day: date) -> list[dict[str, Any]]:
    """The red flags that one check-in raises by itself, before it is saved: of no day yet."""
    return _flags_of([], [check_in], day)


def flags_of_walk(walk: Walk) -> list[dict[str, Any]]:
    """The red flags that a walk raises by itself, after a fall of the distance that it is part of.

    A walk without pain raises none.
    """
    if not walk.told("pain"):
        return []
    from diary.analytics.flags import COLLAPSE

    raised = own_assessment(report_for(walk.diary))["flags"]
    fallen = [row for row in raised if COLLAPSE in row["reasons"] and walk.name in row["entries"]]
    return [*fallen, *_flags_of([walk.row()], [], walk.day)]


def _flags_of(
    walks: list[rules.Row], check_ins: list[rules.Row], day: date
) -> list[dict[str, Any]]:
    from diary.analytics.columns import frames_of
    from diary.analytics.flags import flags

    raised = flags(frames_of(None, walks, check_ins), day, NO_PATTERN)
    return [{**row, "latest": None} for row in raised]
