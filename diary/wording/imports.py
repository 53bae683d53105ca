"""What did an import do, in words?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def told(done: Any) -> str:
    """One sentence a count; a count of nothing is left out."""
    said = []
    if done.created:
        said.append(
            ngettext("%s entry was added.", "%s entries were added.", done.created) % done.created
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
    if done.profile:
        said.append(_("What is known about you was added to."))
    return " ".join(said) or _("The file holds no entries. Nothing was changed.")
