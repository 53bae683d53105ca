"""What does an account hold, in words, before it goes and once it is gone?"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

# By what `leaving.held` counts.
COUNTED = {
    "walk": ngettext_lazy("%(n)s walk", "%(n)s walks", "n"),
    "check_in": ngettext_lazy("%(n)s check-in", "%(n)s check-ins", "n"),
    "change": ngettext_lazy("%(n)s change or treatment", "%(n)s changes and treatments", "n"),
    "measurement": ngettext_lazy("%(n)s measurement", "%(n)s measurements", "n"),
    "route": ngettext_lazy("%(n)s known route", "%(n)s known routes", "n"),
    "deleted": ngettext_lazy(
        "%(n)s entry that you deleted, which could still be brought back",
        "%(n)s entries that you deleted, which could still be brought back",
        "n",
    ),
    "profile": ngettext_lazy("What you told about yourself", "What you told about yourself", "n"),
    "share": ngettext_lazy(
        "%(n)s person can look at your diary now. This ends; they learn only that.",
        "%(n)s people can look at your diary now. This ends; they learn only that.",
        "n",
    ),
    "invitation": ngettext_lazy(
        "%(n)s invitation or request that waits for an answer",
        "%(n)s invitations or requests that wait for an answer",
        "n",
    ),
    "look": ngettext_lazy(
        "%(n)s line in the list of who looked at your diary",
        "%(n)s lines in the list of who looked at your diary",
        "n",
    ),
    "patient": ngettext_lazy(
        "%(n)s person shares a diary with you. This ends, and they are told that you left.",
        "%(n)s people share a diary with you. This ends, and they are told that you left.",
        "n",
    ),
    "note": ngettext_lazy(
        "%(n)s note of your own on somebody's diary",
        "%(n)s notes of your own on people's diaries",
        "n",
    ),
    "device": ngettext_lazy(
        "%(n)s device on which you are signed in",
        "%(n)s devices on which you are signed in",
        "n",
    ),
    "address": ngettext_lazy(
        "%(n)s e-mail address, and your password",
        "%(n)s e-mail addresses, and your password",
        "n",
    ),
    "factor": ngettext_lazy(
        "%(n)s further way to sign in: a passkey, an authenticator app or recovery codes",
        "%(n)s further ways to sign in: passkeys, an authenticator app or recovery codes",
        "n",
    ),
}
# What was given to somebody else, and stays theirs.
STAYS = {
    "shown_note": ngettext_lazy(
        "%(n)s note that you showed to the person whose diary it is about",
        "%(n)s notes that you showed to the people whose diaries they are about",
        "n",
    ),
}


def goes(counts: Mapping[str, int]) -> list[str]:
    """What is deleted, a line each; nothing is said of what there is none of."""
    return [str(text % {"n": counts[name]}) for name, text in COUNTED.items() if counts.get(name)]


def stays(counts: Mapping[str, int]) -> list[str]:
    """What other people keep."""
    return [str(text % {"n": counts[name]}) for name, text in STAYS.items() if counts.get(name)]
