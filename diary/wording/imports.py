"""What did an import do, in words?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def told(done: Any) -> str:
    """One sentence a count; a count of nothing is left out."""
    said = []
    added = done.created - done.brought_back
    if added:
        said.append(ngettext("%s entry was added.", "%s entries were added.", added) % added)
    if done.brought_back:
        said.append(
            ngettext(
                "%s that you had deleted differs from the file and is back as it was.",
                "%s that you had deleted differ from the file and are back as they were.",
                done.brought_back,
            )
            % done.brought_back
        )
    if done.updated:
        said.append(
            ngettext("%s entry was replaced.", "%s entries were replaced.", done.updated)
            % done.updated
        )
    if done.unchanged:
        said.append(
            ngettext("%s was already here.", "%s were already here.", done.unchanged)
            % done.unchanged
        )
    if done.kept:
        said.append(
            ngettext(
                "%s differs from the file and was left as it is in your diary.",
                "%s differ from the file and were left as they are in your diary.",
                done.kept,
            )
            % done.kept
        )
    if done.profile_replaced:
        said.append(_("What is known about you was replaced by what the file says."))
    elif done.profile:
        said.append(_("What is known about you was added to."))
    if done.profile_kept:
        said.append(
            _("Some of what the file says about you differs and was left as it is in your diary.")
        )
    return " ".join(said) or _("The file holds no entries. Nothing was changed.")
