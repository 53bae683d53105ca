"""How is a diary's owner told who may see it, what became of each share, and who has looked?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from diary.models.codes import HANDLE_LENGTH
from diary.models.sharing import Share, share_end
from diary.models.steps import ShareEvent, State
from diary.wording import labels
from diary.wording.lengths import clock, day, moment

# What each scope lets somebody see, as it is said before the owner chooses.
INCLUDES = {
    "summary": _lazy(
        "What your diary shows, in sentences and charts. The charts have single walks as points, "
        "and your treatments by their day. Signs that ask for help are in it, and what you said "
        "under About you."
    ),
    "entries": _lazy(
        "The summary, and each walk, check-in, change and measurement without your notes. They can "
        "add a measurement that they took; your diary then says who did."
    ),
    "notes": _lazy("All of that, and the notes that you wrote with your entries."),
}
# How a letter or a digit is said, so that it is not taken for another.
SPOKEN = {
    "A": _lazy("Alpha"), "B": _lazy("Bravo"), "C": _lazy("Charlie"), "D": _lazy("Delta"),
    "E": _lazy("Echo"), "F": _lazy("Foxtrot"), "G": _lazy("Golf"), "H": _lazy("Hotel"),
    "J": _lazy("Juliet"), "K": _lazy("Kilo"), "M": _lazy("Mike"), "N": _lazy("November"),
    "P": _lazy("Papa"), "Q": _lazy("Quebec"), "R": _lazy("Romeo"), "S": _lazy("Sierra"),
    "T": _lazy("Tango"), "V": _lazy("Victor"), "W": _lazy("Whisky"), "X": _lazy("X-ray"),
    "Y": _lazy("Yankee"), "Z": _lazy("Zulu"), "2": _lazy("two"), "3": _lazy("three"),
    "4": _lazy("four"), "5": _lazy("five"), "6": _lazy("six"), "7": _lazy("seven"),
    "8": _lazy("eight"), "9": _lazy("nine"),
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """One share: who, what of the diary, how it stands, and what its owner can do."""

    who: str
    invited: str  # the address that was invited, where somebody has answered
    what: str
    days: str
    standing: str
    state: str  # 'open', 'waiting', 'invited' or 'ended'
    detail_url: str
    agree_url: str
    stop_url: str
    notes: str = ""  # that the other person keeps notes, where they do


@dataclass(frozen=True)
class Step:
    """One step of a share's history."""

    when: str
    text: str
    terms: str


def notes_kept(count: int) -> str:
    """That somebody keeps notes on the diary; '' for none."""
    if not count:
        return ""
    return (
        ngettext(
            "They keep %s note about your diary.", "They keep %s notes about your diary.", count
        )
        % count
    )


def who(share: Any) -> str:
    """The person of a share, an event or a record, by the name and role that they gave."""
    if share.name:
        return ", ".join(part for part in (share.name, share.role) if part)
    return getattr(share, "email", "") or _("A code to read out")


def _named(share: Any) -> str:
    """The same within a sentence."""
    return f"{share.name} ({share.role})" if share.name and share.role else who(share)


def card(share: Share, now: datetime) -> Card:
    """A share as its owner sees it."""
    urls = (reverse(f"share-{verb}", args=[share.uid]) for verb in ("detail", "agree", "stop"))
    return Card(
        who(share),
        share.email if share.name else "",
        str(labels.SCOPES[share.what]),
        _days(share),
        _standing(share, now),
        _state(share, now),
        *urls,
        notes_kept(getattr(share, "notes_kept", 0)),
    )


def scopes() -> list[tuple[str, str]]:
    """What can be shared, each with what it includes."""
    return [(str(labels.SCOPES[scope]), str(said)) for scope, said in INCLUDES.items()]


def _state(share: Share, now: datetime) -> str:
    if share.ended(now):
        return "ended"
    return {State.ACTIVE: "open", State.ACCEPTED: "waiting"}.get(State(share.state), "invited")


def _standing(share: Share, now: datetime) -> str:
    state = _state(share, now)
    if state == "ended":
        return _ended(share)
    if state == "open":
        return _("They can look, until you stop it or the time is over.")
    if state == "waiting":
        return _("They accepted the invitation. They see nothing before you agree.")
    until = moment(share.invitation_ends_at)
    if share.email:
        return _("Not accepted yet. The link in the e-mail works until %s.") % until
    if share.tries_left < 1:
        return _("Tried wrongly too often: the code is dead. Make a new one.")
    return _("Not used yet. The code works until %s.") % until


def _ended(share: Share) -> str:
    ended_at = share.ended_at or share.ends_at
    if share.state == State.LEFT:
        return _("They gave it up on %s.") % moment(ended_at)
    if share.state == State.STOPPED:
        told = _("You said no on %s.") if share.name else _("Ended before anybody used it, on %s.")
        return (_("Stopped on %s.") if share.agreed_at else told) % moment(ended_at)
    if share.state == State.INVITED:
        return _("Nobody used it before the time was over, on %s.") % moment(
            min(share.invitation_ends_at, share.ends_at)
        )
    return _("The time was over on %s.") % moment(ended_at)


def _days(agreed: Share | ShareEvent) -> str:
    until = day(share_end(agreed))
    if agreed.since is None:
        return _("From the first day of your diary. Until %s.") % until
    return _("From %(since)s on. Until %(until)s.") % {"since": day(agreed.since), "until": until}


def waiting(shares: Iterable[Share]) -> str:
    """One line for the home page about those who wait for the owner's word; '' for nobody."""
    names = [_named(share) for share in shares]
    if not names:
        return ""
    return ngettext(
        "%(who)s accepted your invitation, and sees nothing before you agree.",
        "%(n)s people accepted your invitations, and see nothing before you agree.",
        len(names),
    ) % {"who": names[0], "n": len(names)}


# What was done


def invited(share: Share, again: bool) -> str:
    """An invitation is on its way; with `again` it ended an earlier one to the same address."""
    said = _(
        "%(email)s is invited. The link in the e-mail works for seven days. They see nothing "
        "before you agree to them here."
    ) % {"email": share.email}
    return f"{said} {EARLIER_LINK}" if again else said


EARLIER_LINK = _lazy(
    "You had invited this address before: the link of the earlier e-mail no longer works."
)
EARLIER_CODE = _lazy("The code that you made before no longer works.")


def not_sent() -> str:
    """An invitation was withdrawn, because its e-mail could not be sent."""
    return _(
        "The e-mail could not be sent, so this invitation is withdrawn and nobody is invited. Look "
        "again at the address, or try later."
    )


def agreed(share: Share) -> str:
    """The owner has agreed."""
    return _("%(who)s can look from now on. Nobody is alerted. This diary is not monitored.") % {
        "who": _named(share)
    }


def stopped(share: Share) -> str:
    """What the owner ends, said of the share as it stood before, and how to begin again."""
    before = State(share.state)
    said = {
        State.INVITED: _("Withdrawn: the invitation to %(who)s no longer works."),
        State.ACCEPTED: _("You said no: %(who)s sees nothing of your diary by this invitation."),
    }.get(
        before,
        _(
            "Stopped: %(who)s can no longer see your diary, neither old nor new entries. What they "
            "copied or downloaded before stays with them."
        ),
    )
    if before == State.INVITED and not share.email:
        said = _("Withdrawn: the code no longer works.")
    again = _("To share again, invite them again from this page.")
    return f"{said % {'who': _named(share)}} {again}"


def changed(share: Share) -> str:
    """The terms are other ones now."""
    return _("Changed. %(who)s can now see: %(what)s. %(days)s") % {
        "who": _named(share), "what": labels.SCOPES[share.what], "days": _days(share)
    }  # fmt: skip


def not_possible(share: Share, now: datetime) -> str:
    """Why a step of the owner's could not be taken: how the share, read anew, stands by now."""
    said = {
        "ended": _("This has ended already, and nothing is shared by it."),
        "open": _("You agreed to this already: %(who)s can look."),
        "waiting": _("Agree to %(who)s first, or say no."),
        "invited": _("Nobody has answered this invitation yet, so this cannot be done."),
    }[_state(share, now)]
    return said % {"who": _named(share)}


# A code


def grouped(code: str) -> str:
    """A code as it is read: ABCD-EFGHJK."""
    return f"{code[:HANDLE_LENGTH]}-{code[HANDLE_LENGTH:]}"


def spoken(code: str) -> list[tuple[str, str]]:
    """Each letter or digit of a code, and how to say it."""
    return [(letter, str(SPOKEN[letter])) for letter in code]


def code_ends(share: Share) -> str:
    """Until what time a code works."""
    return _clock(share.invitation_ends_at)


# What became of it


def steps(events: Iterable[ShareEvent]) -> list[Step]:
    """The steps of one share, given and told oldest first."""
    told, before = [], ""
    for event in events:
        terms = f"{labels.SCOPES[event.what]}. {_days(event)}"
        has_terms = event.event in ("invited", "agreed", "code_used", "changed")
        told.append(Step(moment(event.at), _step(event, before), terms if has_terms else ""))
        before = event.event
    return told


def _step(event: ShareEvent, before: str) -> str:
    if event.event == "invited":
        said = _("You invited %(who)s.") if event.email else _("You made a code to read out.")
    elif event.event == "stopped" and before == "invited":
        said = _("The invitation was withdrawn.") if event.email else _("The code was withdrawn.")
    elif event.event == "stopped" and before == "accepted":
        said = _("You said no to %(who)s.")
    elif event.event == "renewed" and not event.email:
        said = _("You made a newer code. This one no longer works.")
    else:
        said = str(EVENTS[event.event])
    return said % {"who": _named(event)}


EVENTS = {
    "accepted": _lazy("%(who)s accepted the invitation."),
    "agreed": _lazy("You agreed to %(who)s."),
    "code_used": _lazy("%(who)s used the code that you read out."),
    "changed": _lazy("You changed what %(who)s can see."),
    "stopped": _lazy("You stopped sharing with %(who)s."),
    "replaced": _lazy("A newer sharing with %(who)s took its place."),
    "renewed": _lazy("You invited %(who)s again. The link of this earlier e-mail no longer works."),
    "left": _lazy("%(who)s gave it up."),
    "role_removed": _lazy(
        "%(who)s may no longer look at diaries here: the site's operator ended it."
    ),
    "account_deleted": _lazy("%(who)s deleted their account, which ended it."),
}


def _clock(when: datetime) -> str:
    return clock(timezone.localtime(when))
