"""What do the workers do, each task by its name?

Every task may run twice, or die half-way and be run again: it looks at what is due, and does that.
"""

from __future__ import annotations

import logging
import random
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from diary.analytics.reasons import REASONS
from diary.evidence.thresholds import OLD_DAYS
from diary.later import later
from diary.leaving import tidy
from diary.letters import send_reminder
from diary.models import Reminder, Share
from diary.reports import bring_up_to_date, edition

logger = logging.getLogger(__name__)
# What is behind for longer than this was left by a worker that died.
LEFT_AFTER = timedelta(seconds=30)
LONGEST_RUN = timedelta(seconds=40)  # well within what a worker is given for a task


def refresh_shares(diary_pk: int) -> None:
    """Bring what others are shown of a diary up to date, unless that was put off until later.

    A share that cannot be worked out keeps the diary's other shares from nothing.
    """
    now = timezone.now()
    shares = Share.objects.open(now).filter(diary_id=diary_pk)
    due = shares.due(now).select_related("diary__owner")
    fresh, failed = True, ""
    for share in due:
        share.take_up(edition(), now)
        try:
            fresh = bring_up_to_date(share) and fresh
        except Exception as error:  # its words may be those of a diary, and the queue keeps them
            failed = type(error).__name__
    if failed:
        raise RuntimeError(f"diary {diary_pk}: {failed}")
    if not fresh:
        later("refresh_shares", diary_pk)


def refresh_left() -> None:
    """Take up what a worker left, who has gone quiet since, and what older analyses have made.

    A diary that cannot be worked out keeps nobody from the next: it is tried later and later, and
    at once when it or the analyses are other ones. What is more than fits into one run is left to
    the next.
    """
    now = timezone.now()
    last = now.date() - timedelta(days=OLD_DAYS)
    quiet = Share.objects.open(now).filter(last_entry_on__lte=last, behind_since=None)
    quiet.filter(rank__gt=REASONS.index("quiet")).update(behind_since=now - LEFT_AFTER)
    older = Share.objects.open(now).exclude(edition=edition())
    older.filter(behind_since=None).update(behind_since=now - LEFT_AFTER)
    older.exclude(try_at=None).update(tries=0, try_at=None)
    left = Share.objects.open(now).due(now).filter(behind_since__lte=now - LEFT_AFTER)
    due = list(left.order_by().values_list("diary_id", flat=True).distinct())
    random.shuffle(due)  # or one that takes long would keep the same ones waiting each time
    for diary_pk in due:
        if timezone.now() - now > LONGEST_RUN:
            break
        try:
            refresh_shares(diary_pk)
        except RuntimeError as error:
            logger.error("cannot be brought up to date: %s", error)


def send_reminders() -> None:
    """Send what is due, each once; whoever moved is followed first."""
    now = timezone.now()
    for reminder in Reminder.objects.all().moved():
        reminder.move(now)
    for reminder in Reminder.objects.all().due(now):
        if reminder.take(now):
            send_reminder(reminder)


def clean_up() -> None:
    """Remove for good what was deleted long ago, sessions that have ended, and what they left."""
    for command in ("purge", "clearsessions"):
        call_command(command, stdout=StringIO())
    tidy()
