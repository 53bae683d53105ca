"""What does a diary show as of its last day? The unit that every face draws from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from diary.clock import local_date
from diary.frames import frames
from diary.models import Diary, StoredReport

# Raised whenever the analyses or the charts change, so that nothing older is shown.
EDITION = 1


def report_for(diary: Diary) -> StoredReport:
    """The report of a diary, worked out anew only where the diary has moved on since the last."""
    diary.refresh_from_db(fields=["revision"])  # before the rows: a later write makes it stale
    stored = StoredReport.objects.filter(diary=diary).first()
    if stored and (stored.revision, stored.edition) == (diary.revision, EDITION):
        return stored
    from diary.analytics.assess import assess  # pandas and SciPy take seconds to load

    rows = frames(diary)
    as_of = rows.last_day or local_date(timezone.now(), diary.owner.time_zone)
    fresh = {
        "revision": diary.revision,
        "edition": EDITION,
        "assessment": assess(rows, as_of, source=str(diary.pk)),
        "charts": {},
    }
    return StoredReport.objects.update_or_create(diary=diary, defaults=fresh)[0]


def charts_of(report: StoredReport, unit: str, words: Mapping[str, str]) -> dict[str, Any]:
    """Every chart of a report: its SVG and the rows of its table, drawn once for each wording."""
    key = f"{unit}:{hash_of(words)}"
    if key not in report.charts:
        report.charts[key] = _drawn(report, unit, words)
        StoredReport.objects.filter(pk=report.pk, revision=report.revision).update(
            charts=report.charts
        )
    return report.charts[key]
