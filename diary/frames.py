"""How do a diary's rows reach the analyses?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from diary import rules
from diary.models import Diary, PainEpisode, Profile

if TYPE_CHECKING:
    from diary.analytics.columns import DiaryFrames

NOT_ANALYSED = ("pain", "notes", "track")
WALK_FIELDS = [
    {"id": "uid"}.get(name, name) for name in rules.FIELDS["walk"] if name not in NOT_ANALYSED
]
EPISODE_FIELDS = list(rules.FIELDS["pain"])


def frames(diary: Diary, since: date | None = None) -> DiaryFrames:
    """Everything in a diary that counts, as frames; deleted rows are left out.

    With `since` only the rows of that day and later ones, and the profile, which has no day.
    """
    from diary.analytics.columns import frames_of  # pandas takes a second to load

    pain: dict[int, list[rules.Row]] = {}
    episodes = PainEpisode.objects.filter(diary=diary, walk__deleted_at=None)
    for episode in episodes.order_by("walk_id", "position").values("walk_id", *EPISODE_FIELDS):
        pain.setdefault(episode["walk_id"], []).append(episode)
    walks = [
        {
            **walk,
            "id": walk["uid"],
            "pain": pain.get(walk["pk"], []) if walk["pain_recorded"] else None,
        }
        for walk in _kept(diary, "walk", since).values("pk", "pain_recorded", *WALK_FIELDS)
    ]
    profile = Profile.objects.filter(diary=diary).first()
    return frames_of(
        profile.row() if profile else None,
        walks,
        _kept(diary, "check_in", since).values(*rules.FIELDS["check_in"]),
        _with_ids(_kept(diary, "change", since)),
        _with_ids(_kept(diary, "measurement", since)),
    )


def _kept(diary: Diary, shape: str, since: date | None) -> Any:
    return diary.rows(shape).kept().of_days(since, None)


def _with_ids(rows: Any) -> list[rules.Row]:
    return [{**row, "id": row["uid"]} for row in rows.values()]
