"""In which language are texts said that somebody may act on at once?

They stand in a catalogue of their own (`red_flags.po`). A translation is shown only once somebody
who can answer for it has reviewed it, and the language is named in RED_FLAGS_REVIEWED; until then
everybody reads the English.
"""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, to_locale

DOMAIN = "red_flags"
WRITTEN_IN = "en-gb"


def language() -> str:
    """The language of the page where it is reviewed, else English."""
    spoken = get_language()
    return spoken if spoken in settings.RED_FLAGS_REVIEWED else WRITTEN_IN


def red_flag(message: str) -> str:
    """A text as the language says it in which red flags are said."""
    return _catalogue(language(), settings.LOCALE_PATHS[0]).gettext(message)


red_flag_lazy = lazy(red_flag, str)


@cache
def _catalogue(code: str, folder: Path) -> NullTranslations:
    """The texts of one language; English is written where they are used."""
    return translation(DOMAIN, folder, [to_locale(code)], fallback=True)
