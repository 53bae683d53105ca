"""Does a diary reach a clinician, and no further than its owner wants, in a real browser?"""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from diary import access
from diary.models import Person
from diary.tasks import refresh_shares
from tests.app.sharing import shared_with
from tests.browser.conftest import PHONE, barriers
from tests.browser.keyboard import tab_to
from tests.browser.people import NURSE, OWNER, PASSWORD, person
from tests.browser.test_accounts import add_passkey, sign_out, trouble

pytestmark = pytest.mark.django_db(transaction=True)

ABSENT = "bbbbbbbb-0000-4000-8000-000000000009"


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_have_count(0)


def sign_in_with_passkey(page: Page, email: str) -> None:
    """Sign in with a password once, keep a passkey, and come back with that."""
    sign_in(page, email)
    add_passkey(page)
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_have_count(0)


def test_a_diary_is_shared_looked_at_and_shared_no_more(opened, diary):
    person(NURSE, "Ingrid")
    walker, nurse = opened(viewport=PHONE), opened()

    sign_in(walker, OWNER)
    walker.goto("/sharing/")
    walker.get_by_role("link", name="Invite somebody by e-mail").click()
    walker.get_by_label(re.compile("e-mail", re.IGNORECASE)).first.fill(NURSE)
    walker.get_by_label(re.compile("with notes", re.IGNORECASE)).check()
    walker.get_by_role("button", name="Send the invitation").click()
    expect(walker.get_by_text(NURSE).first).to_be_visible()
    (letter,) = [each for each in mail.outbox if each.to == [NURSE]]
    link = re.search(r"http\S+/clinic/invitation/\S+", letter.body)[0]

    sign_in(nurse, NURSE)
    nurse.goto(link)
    expect(nurse.get_by_role("link", name="Set up a second factor")).to_be_visible()
    assert barriers(nurse) == []
    sign_out(nurse)
    sign_in_with_passkey(nurse, NURSE)
    nurse.goto(link)
    assert barriers(nurse) == []
    nurse.get_by_label("Your role").fill("Vascular nurse")
    nurse.get_by_role("button", name="Accept the invitation").click()
    expect(nurse.get_by_text("No diary is shared with you yet")).to_be_visible()

    walker.goto("/")
    walker.get_by_role("link", name="Is this right?").click()
    expect(walker.get_by_text("Vascular nurse").first).to_be_visible()
    assert barriers(walker) == []
    walker.get_by_role("button", name=re.compile("^Yes, agree")).click()
    refresh_shares(diary.pk)

    nurse.goto("/clinic/")
    expect(nurse.get_by_role("heading", name="New or stronger pattern")).to_be_visible()
    assert barriers(nurse) == []
    nurse.get_by_role("button", name=re.compile("^Reviewed.*Vera")).click()
    expect(nurse.get_by_text("Marked as reviewed.")).to_be_visible()
    expect(nurse.get_by_role("heading", name="Reviewed")).to_be_visible()
    nurse.get_by_role("button", name="Undo", exact=True).click()
    expect(nurse.get_by_role("heading", name="New or stronger pattern")).to_be_visible()

    nurse.get_by_role("link", name="Vera", exact=True).click()
    expect(nurse.get_by_role("heading", name="Vera")).to_be_visible()
    assert barriers(nurse) == []
    nurse.context.grant_permissions(["clipboard-read", "clipboard-write"])
    nurse.get_by_role("link", name="Copy as text").click()
    nurse.get_by_role("button", name="Copy", exact=True).click()
    expect(nurse.locator("main [role=status]")).to_have_text("Copied.")
    copied = nurse.evaluate("() => navigator.clipboard.readText()")
    assert "Vera" in copied
    assert "self-reported" in copied.lower()
    assert len(copied.strip().splitlines()) <= 10
    with nurse.expect_download() as download:
        nurse.get_by_role("link", name="PDF").click()
    pdf = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
    assert 1 <= len(pdf.pages) <= 2
    for sheet in pdf.pages:
        assert "Vera" in sheet.extract_text()
        assert "self-reported" in sheet.extract_text().lower()

    walker.goto("/sharing/looked/")
    for look in ("PDF", "in their list", "summary"):
        expect(walker.locator(".looks")).to_contain_text(re.compile(look, re.IGNORECASE))
    expect(walker.locator(".looks")).to_contain_text("Vascular nurse")
    walker.goto("/sharing/")
    walker.get_by_role("button", name=re.compile("^Stop sharing")).click()
    expect(walker.locator(".message.success")).to_contain_text("Vascular nurse")

    share = diary.shares.get()
    for path in ("patient-show", "patient-rows", "patient-pdf"):
        assert nurse.request.get(reverse(path, args=[share.uid])).status == 404
    nurse.goto("/clinic/")
    expect(nurse.get_by_role("link", name="Vera", exact=True)).to_have_count(0)
    walker.goto("/sharing/looked/")
    expect(walker.locator(".looks .refused").first).to_be_visible()


def test_the_work_list_is_worked_by_keyboard_alone(opened, diary):
    nurse = opened()
    someone = person(NURSE, "Ingrid")
    sign_in_with_passkey(nurse, NURSE)
    Person.objects.filter(pk=someone.pk).update(is_clinician=True)
    someone.refresh_from_db()
    shared_with(diary, someone, now=timezone.now())
    refresh_shares(diary.pk)
    nurse.goto("/clinic/")
    tab_to(nurse, "Reviewed:")
    nurse.keyboard.press("Enter")
    expect(nurse.get_by_text("Marked as reviewed.")).to_be_visible()
    tab_to(nurse, "note")
    nurse.keyboard.type("rang her")
    tab_to(nurse, "Undo")
    nurse.keyboard.press("Enter")
    expect(nurse.get_by_role("heading", name="New or stronger pattern")).to_be_visible()
    tab_to(nurse, "q")
    nurse.keyboard.type("ver")
    nurse.keyboard.press("Enter")
    expect(nurse.get_by_role("searchbox")).to_have_value("ver")
    tab_to(nurse, "Vera")
    nurse.keyboard.press("Enter")
    expect(nurse.get_by_role("heading", name="Vera")).to_be_visible()


def demo_nurse() -> Person:
    """A clinician of whom no second factor is asked."""
    someone = person(NURSE, "Ingrid")
    Person.objects.filter(pk=someone.pk).update(is_clinician=True, is_demo=True)
    someone.refresh_from_db()
    return someone


def test_no_page_of_sharing_keeps_anybody_out(opened, diary):
    share = shared_with(diary, demo_nurse(), now=timezone.now())
    refresh_shares(diary.pk)
    nurse, walker = opened(), opened()
    sign_in(walker, OWNER)
    sign_in(nurse, NURSE)
    mine = [reverse(name) for name in (
        "share-list", "share-invite", "share-code", "access-list", "share-history",
    )] + [reverse("share-detail", args=[share.uid])]  # fmt: skip
    theirs = [reverse(name) for name in ("clinic-list", "code-use", "clinic-waiting")] + [
        reverse(name, args=[share.uid])
        for name in (
            "patient-show", "patient-rows", "patient-compare", "patient-text",
            "patient-measurement-add",
        )
    ]  # fmt: skip
    found = {path: trouble(walker, path) for path in mine}
    found |= {path: trouble(nurse, path) for path in theirs}
    assert {path: each for path, each in found.items() if each} == {}


def found_all_the_same(page: Page, path: str) -> None:
    """Let a page that is answered with 404 through as one that is there, to look at its words."""
    page.route(f"**{path}", lambda asked: asked.fulfill(response=asked.fetch(), status=200))


def test_no_step_from_an_invitation_to_a_diary_keeps_anybody_out(opened, diary):
    small = {"service_workers": "block"}  # they would fetch past the route below
    person(NURSE, "")
    terms = {"email": NURSE, "what": "entries", "since": None}
    until = timezone.now().date() + timedelta(days=90)
    token = access.invite(diary, {**terms, "until": until}, timezone.now()).secret
    link, factor = reverse("invitation-accept", args=[token]), reverse("clinic-second-factor")
    nobody, nurse, demo = opened(**small), opened(**small), opened(**small)
    found = {link: trouble(nobody, link), "sign in": trouble(nobody, "/account/login/")}
    sign_in(nurse, NURSE)
    nothing = reverse("clinic-list")
    found_all_the_same(nurse, nothing)
    for path in (f"{factor}?next={link}", "/account/2fa/", nothing):
        found[path] = trouble(nurse, path)
    Person.objects.filter(email=NURSE).update(is_demo=True)
    sign_in(demo, NURSE)
    used, gone = reverse("invitation-accept", args=["none"]), reverse("patient-show", args=[ABSENT])
    found["accept"] = trouble(demo, link)
    found_all_the_same(demo, used)
    found["unusable"] = trouble(demo, used)
    demo.goto(link)
    demo.get_by_label("Your name").fill("Ingrid")
    demo.get_by_label("Your role").fill("Nurse")
    demo.get_by_role("button", name="Accept the invitation").click()
    expect(demo.get_by_text("The patient has not agreed yet")).to_be_visible()
    found["nobody yet"] = barriers(demo)
    for path in (reverse("clinic-waiting"), gone):
        found_all_the_same(demo, path)
        found[path] = trouble(demo, path)
    assert {path: each for path, each in found.items() if each} == {}


def test_each_printed_page_names_the_patient_and_the_day_and_there_are_two(opened, diary):
    share = shared_with(diary, demo_nurse(), now=timezone.now())
    nurse = opened()
    sign_in(nurse, NURSE)
    nurse.goto(reverse("patient-show", args=[share.uid]))
    pages = PdfReader(BytesIO(nurse.pdf(prefer_css_page_size=True))).pages
    tops = [re.sub(r"\s+", " ", page.extract_text())[:80] for page in pages]
    assert len(tops) == 2
    assert all(re.match(r"Vera, born \d{4}\. Read on \d+ \w+ \d{4}\.", top) for top in tops)


def test_both_periods_are_in_sight_on_the_smallest_phone(opened, diary):
    share = shared_with(diary, demo_nurse(), now=timezone.now())
    nurse = opened(viewport={"width": 320, "height": 640})
    sign_in(nurse, NURSE)
    nurse.goto(reverse("patient-compare", args=[share.uid]))
    cells = nurse.locator(".side-by-side :is(thead th, tbody td)").all()
    assert len(cells) == 20
    boxes = [cell.bounding_box() for cell in cells]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)
