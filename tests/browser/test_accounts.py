"""Can somebody sign in without a password, and end it from elsewhere, in a real browser?"""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import Page, expect

from diary.models import Person
from tests.browser.conftest import PHONE, barriers, trouble

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL, PASSWORD = "walker@example.org", "a-long-walk-to-the-sea"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def walker() -> Person:
    """Somebody with a confirmed address."""
    person = Person.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    return person


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url("/")


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Create an account").first).to_be_visible()


def open_private(page: Page, path: str) -> None:
    """Open a page that asks for the password once more."""
    page.goto(path)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def with_fingerprint(page: Page) -> None:
    """Give the browser a device that keeps passkeys, and a finger that is always there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def add_passkey(page: Page) -> None:
    with_fingerprint(page)
    open_private(page, "/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_is_made_and_signs_in(opened, walker):
    page = opened()
    sign_in(page)
    add_passkey(page)
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page)
    page.goto("/account/login/?next=/walks/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Walks")).to_be_visible()
    page.goto("/account/2fa/webauthn/")
    expect(page.locator(".things li")).to_contain_text("last used on")


def test_with_a_passkey_the_password_alone_opens_nothing(opened, walker):
    page = opened(viewport=PHONE)
    sign_in(page)
    add_passkey(page)
    code = page.locator(".codes li").first.inner_text()
    sign_out(page)
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Use your passkey").press("Enter")
    expect(page).to_have_url("/")
    other = opened(java_script_enabled=False)
    other.goto("/account/login/")
    other.get_by_label("Email").fill(EMAIL)
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.locator("noscript p")).to_be_visible()
    other.get_by_label("Code").fill(code)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other).to_have_url("/")


def test_a_passkey_that_fails_says_so_and_can_be_tried_again(opened, walker):
    page = opened()
    sign_in(page)
    add_passkey(page)
    page.goto("/account/2fa/webauthn/add/")
    make = page.get_by_role("button", name="Make the passkey")
    for _ in range(2):
        make.click()
        expect(page.get_by_text("keeps a passkey for Waymark already")).to_be_visible()
        expect(make).to_be_enabled()


def test_a_removed_passkey_no_longer_opens_the_diary(opened, walker):
    page = opened()
    sign_in(page)
    add_passkey(page)
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("status")).to_contain_text("not accepted")
    expect(page).to_have_url("/account/login/")


def test_a_code_by_e_mail_signs_in_without_a_script(opened, walker):
    page = opened(java_script_enabled=False, viewport=PHONE)
    page.goto("/account/login/")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    page.get_by_role("link", name="Send me a code by e-mail").click()
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill("BBBB-BBBB")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#problem")).to_contain_text("This is not the code that we sent.")
    code = re.search(r"^\w+-\w+$", mail.outbox[-1].body, re.MULTILINE)[0]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url("/")


def test_another_device_is_named_and_signed_out(opened, walker):
    desk, phone = opened(), opened(viewport=PHONE)
    sign_in(desk)
    sign_in(phone)
    desk.goto("/settings/")
    desk.get_by_role("link", name="Where you are signed in").click()
    theirs = desk.locator(".things li").filter(has_not_text="before you")
    theirs.get_by_role("link", name="Rename").click()
    desk.get_by_label("What do you call this device?").fill("my phone")
    desk.get_by_role("button", name="Save").click()
    desk.get_by_role("button", name=re.compile("Sign out.*my phone")).click()
    expect(desk.locator(".message.success")).to_contain_text("That device is signed out.")
    expect(desk.locator(".things li")).to_have_count(1)
    phone.goto("/walks/")
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()


OPEN = ("/account/login/", "/account/login/code/")
PRIVATE = (
    "/settings/", "/devices/", "/account/2fa/", "/account/2fa/totp/activate/",
    "/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/generate/",
    "/account/2fa/webauthn/", "/account/2fa/webauthn/add/", "/account/reauthenticate/",
    "/account/2fa/reauthenticate/", "/account/2fa/webauthn/reauthenticate/",
)  # fmt: skip


def test_no_account_page_keeps_anybody_out(opened, walker):
    page = opened()
    found = {path: trouble(page, path) for path in OPEN}
    sign_in(page)
    add_passkey(page)
    found |= {path: trouble(page, path) for path in PRIVATE}
    assert {path: each for path, each in found.items() if each} == {}
