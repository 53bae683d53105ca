"""Does any page keep anybody out, whoever looks at it, in whatever light, on whatever screen?"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from diary.models import ClinicNote, Diary, Share
from tests.app import TRACK
from tests.browser.conftest import trouble
from tests.browser.test_journeys import as_demo, sign_up

pytestmark = pytest.mark.django_db(transaction=True)

# Every page that shows something, by who sees it; the arguments of its address by name.
NOBODYS = {
    "home": (), "help": (), "article": (), "article-questions": (), "article-cause": ("sciatica",),
    "account_login": (), "account_signup": (), "account_request_login_code": (),
    "account_reset_password": (), "account_reset_password_done": (),
    "account_reset_password_from_key_done": (), "account_inactive": (),
    "account_email_verification_sent": (), "api-problems": (), "reminder-stop": ("x",),
    "offline": (), "kept-page": ("check-ins/add/",),
}  # fmt: skip
WALKERS = {
    "home": (), "help": (), "settings-edit": (), "profile-edit": (),
    "walk-list": (), "walk-add": (), "walk-edit": ("walk",), "recording-add": (), "walk-live": (),
    "check-in-list": (), "check-in-add": (), "check-in-edit": ("day",),
    "change-list": (), "change-add": (), "change-edit": ("change",),
    "measurement-list": (), "measurement-add": (), "measurement-edit": ("measurement",),
    "route-list": (), "route-add": (), "route-edit": ("route",), "route-from-walk": ("walk",),
    "walk-line-delete": ("walk",),
    "row-delete": ("shape", "walk"), "deleted-list": (), "pattern": (),
    "share-list": (), "share-invite": (), "share-code": (), "share-detail": ("share",),
    "access-list": (), "share-history": (), "document-import": (),
    "account_logout": (), "reminder-edit": (), "waiting": (),
}  # fmt: skip
NEWCOMERS = (
    "home", "walk-list", "walk-add", "check-in-list", "change-list", "measurement-list", "pattern",
    "route-list", "deleted-list", "share-list", "access-list", "share-history", "account_email",
    "account_change_password", "account_reauthenticate", "device-list",
    "account-delete", "reminder-edit",
)  # fmt: skip
CLINICIANS = {
    "clinic-list": (), "clinic-waiting": (), "clinic-second-factor": (), "code-use": (),
    "patient-show": ("share",), "patient-rows": ("share",), "patient-compare": ("share",),
    "patient-measurement-add": ("share",), "patient-text": ("share",),
}  # fmt: skip
# What answers with a file, or with another page, and what Swagger draws for developers.
NO_PAGE = {
    "demo-sign-in", "device-rename", "device-sign-out", "device-sign-out-others", "row-restore",
    "document-export", "share-agree", "share-stop", "share-history-export", "share-leave",
    "patient-review", "patient-review-undo", "patient-note-add", "patient-note-show",
    "patient-pdf", "patient-csv", "patient-fhir", "invitation-accept", "api-schema", "api-docs",
    "worker", "manifest", "waiting-session", "waiting-read", "waiting-filled", "pattern-chart",
    "mfa_download_recovery_codes", "mfa_login_webauthn",
}  # fmt: skip
# What needs a fresh proof, a letter or half a sign-in.
IN_JOURNEYS = {
    "account_set_password", "account_confirm_login_code", "account_confirm_email",
    "account_reset_password_from_key", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
}  # fmt: skip


@pytest.fixture
def demo_people(demo_people) -> None:
    """The demo people; one of them was shown a note, knows a route and kept the line of a walk."""
    share = Share.objects.filter(diary__owner__name="Walter").first()
    ClinicNote.objects.create(
        share=share, diary=share.diary, text="Rang him.", shown=True, made_at=share.created_at
    )
    share.diary.put("route", {"name": "Round the park", "distance_m": 900}, share.created_at)
    share.diary.walks.filter(pk=share.diary.walks.first().pk).update(track=TRACK)


def paths(names: dict[str, tuple[str, ...]], owner: str) -> dict[str, str]:
    """The addresses of pages about one demo person's rows."""
    diary = Diary.objects.get(owner__name=owner)
    share = diary.shares.first()
    about = {
        "shape": "walk",
        "share": share.uid,
        "walk": diary.walks.first().uid,
        "day": diary.check_ins.first().date,
        "change": diary.changes.first().uid,
        "measurement": diary.measurements.first().uid,
        "route": diary.routes.first().uid,
    }
    return {
        name: reverse(name, args=[about.get(word, word) for word in words])
        for name, words in names.items()
    }


def troubles(page: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """The pages that keep somebody out, and what does it."""
    found = {path: trouble(page, path) for path in addresses}
    return {path: each for path, each in found.items() if each}


def _names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    names: set[str] = set()
    for each in patterns:
        if isinstance(each, URLPattern):
            names.add(str(each.name))
        elif str(each.pattern) != "v1/":
            names |= _names(each.url_patterns)
    return names


def test_every_page_is_looked_at():
    tables = {*NOBODYS, *WALKERS, *NEWCOMERS, *CLINICIANS, *NO_PAGE, *IN_JOURNEYS}
    assert _names(get_resolver().url_patterns) == tables


def test_no_page_keeps_out_somebody_who_is_not_signed_in(opened, demo_people):
    addresses = [reverse(name, args=about) for name, about in NOBODYS.items()]
    assert troubles(opened(), addresses) == {}


def test_no_page_keeps_out_somebody_who_has_just_come(opened):
    page = opened()
    sign_up(page)
    assert troubles(page, map(reverse, NEWCOMERS)) == {}


def test_no_page_keeps_a_walker_out(opened, demo_people):
    page = opened()
    as_demo(page, "walter")
    assert troubles(page, paths(WALKERS, "Walter").values()) == {}


def test_no_page_keeps_a_clinician_out(opened, demo_people):
    page = opened()
    page.goto("/")
    page.locator("form[action='/demo/ingrid/'] button").click()
    assert troubles(page, paths(CLINICIANS, "Walter").values()) == {}
