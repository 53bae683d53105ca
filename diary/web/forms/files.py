"""Which file is handed in?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

KEEP_OR_REPLACE = [
    ("keep", _("Keep what is in my diary")),
    ("replace", _("Take what is in the file")),
]


class RecordingForm(forms.Form):
    """A GPX recording."""

    file = forms.FileField(label=_("Recording (a .gpx file)"), allow_empty_file=True)
    keep_line = forms.BooleanField(
        label=_("Keep the line of this walk"),
        help_text=_(
            "It shows where you walked, and perhaps where you live. Nobody sees it but you, "
            "whatever you share, and you can delete it at any time."
        ),
        required=False,
    )


class DocumentForm(forms.Form):
    """A diary file, and what to do where it differs."""

    file = forms.FileField(label=_("Diary file (.json)"), allow_empty_file=True)
    differing = forms.ChoiceField(
        label=_("Where an entry is in both, and differs"),
        choices=KEEP_OR_REPLACE,
        initial="keep",
        widget=forms.RadioSelect,
    )
