"""Does the Pattern page answer without drawing, and does each picture come once and whole?"""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from diary import pictures, reports, rules
from diary.charts import drawings
from diary.charts.look import PALETTES
from diary.models import StoredReport
from diary.wording import drawn

SVG = "{http://www.w3.org/2000/svg}"
PATTERN, TODAY = "/pattern/", timezone.now().date()


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def a_walk(number: int, days: int, *pain: dict, **said) -> dict:
    day = days_ago(days)
    return {
        "id": f"0b4a0a34-0000-4000-8000-{number:012d}", "started_at": f"{day}T09:00:00Z",
        "distance_m": 900, "distance_source": "gps", "duration_s": 800, "pain": list(pain), **said,
    }  # fmt: skip


def recorded(diary, *walks, **other) -> None:
    whole = {"format": "walking-diary", "version": 1, "walks": list(walks), **other}
    diary.take_in(rules.document_checked(whole), timezone.now())


PAIN = {"onset_distance_m": 300, "site": "calf", "side": "left", "intensity": 5}


@pytest.fixture
def walker(signed_in, diary):
    """Ten walks of the last ten weeks, half of them with pain."""
    recorded(diary, *(a_walk(n, 7 * n, *([PAIN] if n % 2 else [])) for n in range(10)))
    return signed_in


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_draws_nothing_and_names_the_address_of_every_picture(walker, monkeypatch):
    drawings_asked_for = []
    monkeypatch.setattr(pictures, "_svg", lambda *asked: drawings_asked_for.append(asked) or "")
    page = walker.get(PATTERN).content.decode()
    assert drawings_asked_for == []
    assert '<svg class="chart"' not in page
    for name in pictures.PICTURES:
        if name != "relief":  # no rest was recorded, which is told in words
            assert f"/pattern/charts/{name}.svg?size=page" in page
    assert page.count("<noscript>") == len(pictures.PICTURES) - 1
    assert "How the pain eases was not recorded yet." in page


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_each_picture_comes_by_itself_for_both_screens(walker, name):
    for size in pictures.SIZES:
        answer = walker.get(f"/pattern/charts/{name}.svg?size={size}")
        assert answer["Content-Type"] == "image/svg+xml"
        assert etree.fromstring(answer.content).get("id") == f"{name}-{size}"


def test_a_picture_is_drawn_once_until_the_diary_moves_on(walker, diary, monkeypatch):
    drawn_charts, draw = [], drawings.CHARTS["onset"]
    monkeypatch.setitem(
        drawings.CHARTS, "onset", lambda *given: drawn_charts.append(1) or draw(*given)
    )
    where = "/pattern/charts/onset.svg?size=page"
    first = walker.get(where)
    assert walker.get(where).content == first.content
    assert len(drawn_charts) == 1
    known = walker.get(where, headers={"if-none-match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    recorded(diary, a_walk(20, 1, PAIN))
    fresh = walker.get(where, headers={"if-none-match": first["ETag"]})
    assert fresh.status_code == 200
    assert fresh.content != first.content
    assert len(drawn_charts) == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_are_told_by_one_drawing(new_diary, monkeypatch):
    diary = new_diary("two")
    recorded(diary, a_walk(1, 3, PAIN))
    report, drawn_charts, draw = reports.report_for(diary), [], drawings.CHARTS["onset"]
    monkeypatch.setitem(
        drawings.CHARTS, "onset", lambda *given: drawn_charts.append(1) or draw(*given)
    )
    words, look, told = drawn.words(), {"size": "page", "theme": "light", "unit": "m"}, []

    def ask() -> None:
        from django.db import connection

        told.append(pictures.drawing(report, "onset", look, words))
        connection.close()

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(drawn_charts) == 1
    assert len(told) == 3
    assert len(set(told)) == 1


def test_what_is_kept_of_a_report_has_a_bound_and_keeps_the_newest(walker, diary, monkeypatch):
    walker.get(PATTERN)
    report = reports.report_for(diary)
    monkeypatch.setattr(pictures, "MOST_KEPT", 2_000)
    for number in range(12):
        pictures._keep(report, f"k{number}", "x" * 700)
    kept = StoredReport.objects.get().charts
    assert sorted(kept) == ["k10", "k11"]
    pictures._keep(report, "k99", "x" * 9_000)
    assert list(StoredReport.objects.get().charts) == ["k99"]


def test_what_was_drawn_of_an_older_revision_is_not_kept(walker, diary):
    report = reports.report_for(diary)
    recorded(diary, a_walk(21, 1, PAIN))
    reports.report_for(diary)
    pictures._keep(report, "kold", "x")
    assert "kold" not in StoredReport.objects.get().charts


@pytest.mark.parametrize(
    ("asked", "walks"),
    [("", 10), ("?period=all", 10), ("?period=quarter", 10), ("?period=month", 5)],
)
def test_the_charts_are_of_the_days_asked_for_and_say_of_how_many_entries(walker, asked, walks):
    page = text(walker.get(PATTERN + asked))
    assert f"{walks} walks and 0 check-ins" in page
    whole = re.search(r'<p class="sentence">.*?</p>', walker.get(PATTERN).content.decode())[0]
    assert whole in walker.get(PATTERN + asked).content.decode()
    limit = "are about your whole diary, not only about these days"
    assert (limit in page) == ("quarter" in asked or "month" in asked)


def said_by(picture: bytes) -> list[str]:
    """What the points of a picture say."""
    return [str(each.text) for each in etree.fromstring(picture).iterfind(f".//{SVG}g/{SVG}title")]


def test_a_picture_asked_for_in_another_light_or_unit_is_another_picture(walker, diary):
    where = "/pattern/charts/onset.svg?size=page"
    light, dark = (walker.get(f"{where}&theme={theme}").content for theme in ("light", "dark"))
    for theme, picture in (("light", light), ("dark", dark)):
        own, other = PALETTES[theme], PALETTES["dark" if theme == "light" else "light"]
        assert own.surface.encode() in picture
        assert own.pain.encode() in picture
        assert other.pain.encode() not in picture
    assert any("300\u00a0m" in each for each in said_by(light))
    diary.owner.units = "imperial"
    diary.owner.save()
    yards = said_by(walker.get(f"{where}&theme=light").content)
    assert any("328\u00a0yd" in each for each in yards)
    assert not any("300\u00a0m" in each for each in yards)


def test_a_picture_is_drawn_anew_in_other_words(walker, diary):
    report, look = reports.report_for(diary), {"size": "page", "theme": "light", "unit": "m"}
    words = drawn.words()
    other = {**words, "pain_free_says": "%(day)s: %(distance)s sans douleur"}
    first, second = (pictures.drawing(report, "onset", look, each) for each in (words, other))
    assert "sans douleur" in second
    assert "sans douleur" not in first


def test_both_ends_of_own_days_belong_to_them_and_a_change_before_them_may_last(walker, diary):
    first, last = days_ago(28), days_ago(14)
    lasting = {"date": days_ago(60).isoformat(), "until": days_ago(20).isoformat()}
    over = {"date": days_ago(60).isoformat(), "until": days_ago(40).isoformat()}
    changes = [{**lasting, "kind": "physiotherapy"}, {**over, "kind": "footwear"}]
    recorded(diary, changes=changes)
    days = f"first={first}&last={last}"
    points = said_by(walker.get(f"/pattern/charts/onset.svg?size=page&{days}").content)
    names = [each for each in points if "Physiotherapy" in each]
    assert len(points) == 3 + len(names)  # of the walks of 14, 21 and 28 days ago
    assert len(names) == 1
    page = walker.get(f"{PATTERN}?period=own&{days}").content.decode()
    assert "3 walks and 0 check-ins" in page


def test_own_days_reach_the_pictures_and_their_tables(walker):
    first, last = days_ago(22), days_ago(13)
    page = walker.get(f"{PATTERN}?period=own&first={first}&last={last}").content.decode()
    assert "2 walks and 0 check-ins" in page
    assert f"onset.svg?size=page&amp;first={first}&amp;last={last}" in page or (
        f"onset.svg?size=page&first={first}&last={last}" in page
    )
    drawing = walker.get(f"/pattern/charts/onset.svg?size=page&first={first}&last={last}")
    titles = [e.text for e in etree.fromstring(drawing.content).iter(f"{SVG}title")]
    assert len(titles) == 1 + 2
    whole = walker.get("/pattern/charts/onset.svg?size=page").content
    assert len([*etree.fromstring(whole).iter(f"{SVG}title")]) == 1 + 10


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("period=own&first=2026-03-09&last=2026-03-01", "ends before it begins"),
        ("period=own&first=2199-01-01", "has not begun yet"),
        ("period=own&first=yesterday", "Enter a valid date"),
        ("period=own", "required"),
        ("period=fortnight", "not one of the available choices"),
    ],
)
def test_days_that_make_no_period_are_told_and_the_whole_diary_is_shown(walker, asked, said):
    response = walker.get(f"{PATTERN}?{asked}")
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "10 walks and 0 check-ins" in text(response)


@pytest.mark.parametrize("first", ["0001-01-01", "1970-01-01", "9999-12-31"])
@pytest.mark.parametrize("last", ["0001-01-02", "9999-12-31"])
def test_no_day_is_too_far_off_for_a_picture(walker, first, last):
    answer = walker.get(f"/pattern/charts/weeks.svg?size=page&first={first}&last={last}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"<svg")


@pytest.mark.parametrize(
    "where",
    ["pain.svg?size=page", "onset.svg", "onset.svg?size=wall", "onset.svg?size=page&theme=pink",
     "onset.svg?size=page&first=x"],
)  # fmt: skip
def test_a_picture_that_there_is_none_of_is_not_found(walker, where):
    assert walker.get(f"/pattern/charts/{where}").status_code == 404


def test_red_flags_of_other_days_stay_on_the_page(walker, diary):
    recorded(diary, check_ins=[{"date": days_ago(2).isoformat(), "signs": ["chest_pain"]}])
    earlier = f"?period=own&first={days_ago(60)}&last={days_ago(30)}"
    whole, some = (walker.get(PATTERN + asked).content.decode() for asked in ("", earlier))
    assert whole.count('class="card ') == some.count('class="card ') > 0


def test_less_pain_with_less_walking_is_said_beside_the_weeks(signed_in, diary):
    earlier = [a_walk(n, 55 - n, PAIN) for n in range(28)]
    later = [a_walk(40 + n, 27 - n, distance_m=200) for n in range(28)]
    recorded(diary, *earlier, *later)
    page = text(signed_in.get(PATTERN))
    assert "you recorded less pain and also less walking" in page
    assert "Less pain alone does not show improvement." in page


def test_a_long_diary_has_no_longer_tables(signed_in, diary):
    recorded(diary, *(a_walk(n, n, PAIN) for n in range(pictures.MOST_ROWS + 5)))
    page = signed_in.get(PATTERN).content.decode()
    assert "5 earlier rows are left out here" in text(signed_in.get(PATTERN))
    assert max(table.count("<tr>") for table in page.split("<table>")[1:]) <= pictures.MOST_ROWS + 1


def test_who_is_signed_out_is_sent_to_sign_in_and_shown_nothing(client, diary):
    answer = client.get(reverse("pattern-chart", args=["onset"]) + "?size=page")
    assert answer.status_code == 302
    assert b"svg" not in answer.content
