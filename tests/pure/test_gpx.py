"""Does a GPX file become the walk that it records, or a plain refusal?"""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from diary import polyline
from diary.exchange.gpx import LARGEST_BYTES, MOST_POINTS, walk_from_gpx
from diary.exchange.track import Recording, Stop
from diary.rules import Refused, checked

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
START = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
LONDON = (51.5, -0.12)
# Metres in a degree at 51.5 degrees north on WGS 84, from published tables.
NORTH_M, EAST_M = 111_257.3, 69_440.9


def trkpt(at_s, east_m, north_m, origin=LONDON, extra=""):
    latitude, longitude = origin[0] + north_m / NORTH_M, origin[1] + east_m / EAST_M
    time = "" if at_s is None else f"<time>{(START + timedelta(seconds=at_s)).isoformat()}</time>"
    return f'<trkpt lat="{latitude:.7f}" lon="{longitude:.7f}">{extra}{time}</trkpt>'


def gpx(*segments, prolog='<?xml version="1.0" encoding="UTF-8"?>', root="gpx"):
    """A file of segments of (seconds, metres east, metres north)."""
    body = "".join(
        f"<trkseg>{''.join(p if isinstance(p, str) else trkpt(*p) for p in segment)}</trkseg>"
        for segment in segments
    )
    return f"{prolog}<{root}><trk><name>Walk</name>{body}</trk></{root}>".encode()


def straight(metres, speed=1.2, every_s=1, from_s=0, from_m=0.0, jitter_m=0.0, seed=1):
    """Due east at a steady speed."""
    noise = random.Random(seed)
    seconds = metres / speed
    times = [*range(0, math.floor(seconds), every_s), seconds]
    return [
        (from_s + t, from_m + speed * t + noise.gauss(0, jitter_m), noise.gauss(0, jitter_m))
        for t in times
    ]


def standing(seconds, from_s, at_m, drift_m=0.0, seed=2):
    """Fixes around one place that wander the way a receiver's do: slowly, and back again."""
    noise, east, north, points = random.Random(seed), 0.0, 0.0, []
    for t in range(1, seconds):
        east = 0.95 * east + noise.gauss(0, drift_m * 0.31)
        north = 0.95 * north + noise.gauss(0, drift_m * 0.31)
        points.append((from_s + t, at_m + east, north))
    return points


def walk_rest_walk(rest_s, drift_m=0.0, each_m=300.0):
    first = straight(each_m)
    rest = standing(rest_s, first[-1][0], each_m, drift_m)
    return [*first, *rest, *straight(each_m, from_s=each_m / 1.2 + rest_s, from_m=each_m)]


def codes(data):
    with pytest.raises(Refused) as refused:
        walk_from_gpx(data)
    assert {fault.path for fault in refused.value.faults} == {"file"}
    return [fault.code for fault in refused.value.faults]


def params(data):
    with pytest.raises(Refused) as refused:
        walk_from_gpx(data)
    return refused.value.faults[0].params


# What a good recording gives


@pytest.mark.parametrize("every_s", [1, 5, 30])
@pytest.mark.parametrize("metres", [100, 300, 3000])
def test_a_straight_line_has_its_length_within_one_percent(metres, every_s):
    walk = walk_from_gpx(gpx(straight(metres, every_s=every_s)))

    assert walk.distance_m == pytest.approx(metres, rel=0.01)
    assert walk.duration_s == pytest.approx(metres / 1.2, abs=1)
    assert walk.stops == ()


@pytest.mark.parametrize("origin", [(0.0, 0.0), (-33.9, 151.2), (64.1, -21.9), (10.0, 179.9999)])
def test_the_length_is_right_in_other_parts_of_the_world(origin):
    north = [trkpt(t, 0, 1.2 * t, origin=origin) for t in range(0, 2000, 5)]

    # A degree of latitude is 110.57 km at the equator and 111.69 at the poles.
    assert walk_from_gpx(gpx(north)).distance_m == pytest.approx(1.2 * 1995, rel=0.01)


def test_a_walk_across_the_date_line_does_not_go_round_the_world():
    west_to_east = [
        f'<trkpt lat="-16.8" lon="{lon}"><time>2026-05-01T0{t // 60}:{t % 60:02}:00Z</time></trkpt>'
        for t, lon in enumerate((179.998, 179.999, 180, -179.999, -179.998))
    ]

    # 0.004 degrees of longitude at 16.8 degrees south: 0.004 x 106.6 km.
    assert walk_from_gpx(gpx(west_to_east)).distance_m == pytest.approx(426, rel=0.01)


def test_start_and_zone_are_those_of_the_first_point():
    walk = walk_from_gpx(gpx(straight(300)))

    assert walk.started_at == START
    assert walk.time_zone == "Europe/London"
    assert walk.row == {
        "started_at": "2026-05-01T09:00:00Z", "time_zone": "Europe/London", "distance_m": 300.0,
        "distance_source": "gps", "duration_s": 250.0,
    }  # fmt: skip


def test_the_proposed_row_is_one_that_may_be_kept():
    row = walk_from_gpx(gpx(straight(800))).row

    assert checked("walk", {**row, "id": "6f0fcf1e-7df3-4d9e-94a0-1f5f4bd2b3c4"})["pain"] is None


@pytest.mark.parametrize("rest_s", [45, 120, 400])
@pytest.mark.parametrize("drift_m", [0.0, 3.0])
def test_a_rest_is_found_where_and_as_long_as_it_was(rest_s, drift_m):
    walk = walk_from_gpx(gpx(walk_rest_walk(rest_s, drift_m)))

    assert len(walk.stops) == 1
    stop = walk.stops[0]
    assert stop.after_m == pytest.approx(300, abs=15)
    assert stop.after_s == pytest.approx(250, abs=12)
    assert stop.length_s == pytest.approx(rest_s, abs=15)
    assert walk.duration_s == pytest.approx(500 + rest_s, abs=2)


@pytest.mark.parametrize("seed", range(5))
def test_jitter_while_standing_is_not_walked(seed):
    first = straight(300)
    rest = standing(1200, 250, 300, drift_m=5, seed=seed)
    data = gpx([*first, *rest, *straight(300, from_s=1450, from_m=300)])
    drawn_m = sum(math.dist(a[1:], b[1:]) for a, b in pairwise(rest))
    walk = walk_from_gpx(data)

    assert drawn_m > 1500
    assert walk.distance_m == pytest.approx(600, rel=0.06)
    assert sum(stop.length_s for stop in walk.stops) == pytest.approx(1200, rel=0.1)


def test_jitter_while_walking_adds_little():
    walk = walk_from_gpx(gpx(straight(2000, jitter_m=3)))

    assert walk.distance_m == pytest.approx(2000, rel=0.02)


def test_a_slow_walker_is_not_taken_for_standing():
    walk = walk_from_gpx(gpx(straight(300, speed=0.6, jitter_m=1)))

    assert walk.stops == ()
    assert walk.distance_m == pytest.approx(300, rel=0.03)


def test_turning_round_is_not_a_rest():
    out = straight(300)
    back = [(250 + t, 300 - 1.2 * t, 0.0) for t in range(1, 251)]
    walk = walk_from_gpx(gpx([*out, *back]))

    assert walk.stops == ()
    assert walk.distance_m == pytest.approx(600, rel=0.02)


def test_a_recorder_that_sleeps_while_standing_still_shows_the_rest():
    walk = walk_from_gpx(gpx([*straight(300), *straight(300, from_s=430, from_m=301)]))

    assert [round(stop.after_m, -1) for stop in walk.stops] == [300]
    assert walk.stops[0].length_s == pytest.approx(180, abs=15)


def test_a_paused_recorder_is_a_rest_and_one_walk():
    walk = walk_from_gpx(gpx(straight(300), straight(300, from_s=430, from_m=305)))

    assert walk.stops == (Stop(300.0, 250.0, 180.0),)
    assert (walk.duration_s, walk.others) == (680.0, 0)


def test_the_way_between_two_segments_is_not_guessed():
    walk = walk_from_gpx(gpx(straight(300), straight(300, from_s=850, from_m=2000)))

    assert walk.distance_m == pytest.approx(600, rel=0.01)
    assert walk.stops == ()


def test_of_two_walks_in_a_file_the_longer_is_taken_and_the_other_counted():
    short, long = straight(300), straight(900, from_s=9000)

    for segments in ((short, long), (long, short)):
        walk = walk_from_gpx(gpx(*segments))
        assert walk.distance_m == pytest.approx(900, rel=0.01)
        assert walk.started_at == START + timedelta(seconds=9000)
        assert walk.others == 1


def test_a_recorder_forgotten_at_home_does_not_lengthen_the_walk():
    walk = walk_from_gpx(gpx([*straight(600), *standing(3000, 500, 600, drift_m=3)]))

    assert walk.duration_s == pytest.approx(500, abs=20)
    assert walk.stops == ()


def test_a_last_rest_of_minutes_stays_in_the_walk():
    walk = walk_from_gpx(gpx([*straight(600), *standing(180, 500, 600)]))

    assert walk.duration_s == pytest.approx(680, abs=3)
    assert walk.stops[0].length_s == pytest.approx(180, abs=12)


@pytest.mark.parametrize("leap_m", [60, 500, 50_000])
def test_a_slip_of_the_receiver_is_left_out(leap_m):
    points = straight(1000)
    points[300:305] = [(t, east, leap_m) for t, east, _ in points[300:305]]

    assert walk_from_gpx(gpx(points)).distance_m == pytest.approx(1000, rel=0.01)


def test_a_false_first_fix_is_not_walked():
    points = [(0, 40_000.0, 0.0), *straight(1000, from_s=1)]

    assert walk_from_gpx(gpx(points)).distance_m == pytest.approx(1000, rel=0.01)


def test_a_stray_time_does_not_cut_the_walk_in_two():
    points = [trkpt(*point) for point in straight(1000)]
    points[400] = points[400].replace("2026-05-01", "2031-05-01")
    walk = walk_from_gpx(gpx(points))

    assert walk.distance_m == pytest.approx(1000, rel=0.01)
    assert walk.others == 0


def test_impossible_places_are_left_out():
    points = [trkpt(*point) for point in straight(1000)]
    for place, bad in enumerate(["nan", "inf", "95", "-1e999", "", "51,5"]):
        points[100 + place] = trkpt(100 + place, 0, 0).replace('lat="51.5000000"', f'lat="{bad}"')
    points[300] = trkpt(300, 0, 0).replace('lon="-0.1200000"', "")
    walk = walk_from_gpx(gpx(points))

    assert walk.distance_m == pytest.approx(1000, rel=0.01)
    assert walk.points == len(points) - 7


def test_a_file_whose_only_places_are_impossible_has_no_track():
    points = [trkpt(*point).replace('lat="51', 'lat="95') for point in straight(300)]

    assert codes(gpx(points)) == ["no_track"]


def test_climbing_is_counted_without_the_noise_of_the_height():
    noise = random.Random(3)
    points = [
        trkpt(
            t,
            1.2 * t,
            0,
            extra=f"<ele>{100 + min(t, 1600 - t) * 0.1 + noise.gauss(0, 2):.1f}</ele>",
        )
        for t in range(1600)
    ]

    assert walk_from_gpx(gpx(points)).ascent_m == pytest.approx(80, abs=8)


def test_a_height_that_drifts_on_the_level_is_no_climb():
    points = [
        trkpt(t, 1.2 * t, 0, extra=f"<ele>{100 + 2 * math.sin(t / 60):.2f}</ele>")
        for t in range(1600)
    ]

    assert walk_from_gpx(gpx(points)).ascent_m == 0


def test_without_heights_nothing_is_said_of_climbing():
    assert walk_from_gpx(gpx(straight(300))).ascent_m is None


def test_a_few_minutes_in_a_car_are_told_and_not_hidden():
    walking = straight(2000)
    start_s = 2000 / 1.2
    driving = [(start_s + t, 2000 + 12.0 * t, 0.0) for t in range(1, 100)]
    walk = walk_from_gpx(gpx([*walking, *driving]))

    assert walk.fast_m == pytest.approx(99 * 12, rel=0.05)
    assert walk.distance_m == pytest.approx(2000 + 99 * 12, rel=0.01)


# Files as real recorders write them


def test_an_undeclared_prefix_is_read():
    heart = (
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>99</gpxtpx:hr>"
        "<time>1999-01-01T00:00:00Z</time></gpxtpx:TrackPointExtension></extensions>"
    )
    points = [trkpt(*point, extra=heart) for point in straight(300)]

    assert walk_from_gpx(gpx(points)).distance_m == pytest.approx(300, rel=0.01)


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\r\n  " + text.encode(),
        lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda text: text.replace("UTF-8", "ISO-8859-1").replace("Walk", "Höhe").encode("latin-1"),
        lambda text: text.replace("Walk", "Höhe").encode("latin-1"),
        lambda text: text.replace("<gpx>", '<gpx xmlns="http://www.topografix.com/GPX/1/1">').encode(),
        lambda text: text.replace("<gpx>", "<!DOCTYPE gpx><gpx>").encode(),
        lambda text: text.encode() + b"\x00\x00",
        lambda text: text.replace("+00:00<", "Z<").encode(),
        lambda text: text.replace("+00:00<", "<").encode(),
    ],
    ids=["bom", "blank-lines", "utf-16", "latin-1", "wrong-encoding", "namespace", "doctype",
         "rubbish-after", "zulu", "no-offset"],
)  # fmt: skip
def test_the_dress_of_a_file_does_not_matter(dress):
    walk = walk_from_gpx(dress(gpx(straight(300)).decode()))

    assert walk.distance_m == pytest.approx(300, rel=0.01)
    assert walk.started_at == START
    assert walk.complete


def test_a_file_that_breaks_off_gives_what_it_holds_and_says_so():
    data = gpx(straight(1000))
    walk = walk_from_gpx(data[: len(data) // 2])

    assert walk.distance_m == pytest.approx(500, rel=0.05)
    assert not walk.complete


@pytest.mark.parametrize(
    ("name", "distance_m", "duration_s", "points"),
    [
        # Jitter in its long stops taken off the 4,580 m that the drawn line has.
        ("gpx/cerknicko-jezero.gpx", 4580, 7190, 296),
        ("gpx/track-with-empty-segment.gpx", 86, 76, 9),
    ],
)
def test_real_recordings_become_walks(name, distance_m, duration_s, points):
    walk = walk_from_gpx(sample(name))

    assert walk.distance_m == pytest.approx(distance_m, rel=0.05)
    assert (walk.duration_s, walk.points) == (duration_s, points)


def test_the_lake_walk_keeps_its_stops_its_zone_and_a_question_about_the_car():
    walk = walk_from_gpx(sample("gpx/cerknicko-jezero.gpx"))

    assert walk.time_zone == "Europe/Ljubljana"
    assert walk.started_at == datetime(2010, 8, 5, 14, 23, 59, tzinfo=UTC)
    assert len(walk.stops) >= 8
    assert 1500 < walk.fast_m < walk.distance_m / 2


@pytest.mark.parametrize(
    ("name", "code", "distance_m"),
    [
        ("gpx/Mojstrovka.gpx", "no_usable_times", 2700),
        ("gpx/cerknicko-without-times.gpx", "no_usable_times", 4580),
        ("gpx/around-visnjan-with-car.gpx", "not_a_walk", 2740),
        ("gpx/unicode_with_bom.gpx", "no_track", None),
        ("apple_health/route_2019-06-11_3.00pm.gpx", "too_short", 0),
        ("tcx/sup_activity_1.tcx", "not_gpx", None),
        ("fit/garmin-fenix-5-walk.fit", "not_gpx", None),
    ],
)
def test_real_files_that_are_no_walk_are_refused_with_their_reason(name, code, distance_m):
    data = sample(name)

    assert codes(data) == [code]
    assert params(data).get("distance_m") == (
        distance_m if distance_m is None else pytest.approx(distance_m, rel=0.05)
    )


def sample(name):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the sample recordings are not beside this checkout")
    return path.read_bytes()


# Refusals

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n\t", "file_empty"),
        (b"\x00" * 100, "not_gpx"),
        (b"%PDF-1.7", "not_gpx"),
        (b"PK\x03\x04", "not_gpx"),
        (b"\xff\xfe", "not_gpx"),
        (b"<gpx", "not_gpx"),
        (b"<html><trk><trkseg/></trk></html>", "not_gpx"),
        (b'<?xml version="1.0" encoding="no-such-thing"?><gpx/>', "not_gpx"),
        (b'<?xml version="1.0" encoding="shift_jis"?><gpx/>', "not_gpx"),
        (b"<gpx/>", "no_track"),
        (b'<gpx><wpt lat="1" lon="1"/></gpx>', "no_track"),
        (b'<gpx><rte><rtept lat="1" lon="1"/></rte></gpx>', "no_track"),
        (gpx([]), "no_track"),
        (gpx(['<trkpt lat="95" lon="nan"/>']), "no_track"),
        (gpx([(0, 0, 0)]), "no_usable_times"),
        (gpx([(0, east, 0) for east in range(50)]), "no_usable_times"),
        (gpx([(t, 0, 0) for t in range(600)]), "too_short"),
        (gpx(straight(9)), "too_short"),
        (gpx(straight(5000, speed=12)), "not_a_walk"),
        (gpx(straight(20_000, speed=25, every_s=10)), "not_a_walk"),
        (gpx(straight(172_900 * 0.5, speed=0.5, every_s=600)), "walk_too_long"),
        (gpx(straight(300), prolog=BOMB), "forbidden_xml"),
        (gpx(straight(300), prolog=OUTSIDE), "forbidden_xml"),
        (gpx(straight(300), prolog=PARAMETER), "forbidden_xml"),
        (gpx(straight(300), prolog=BOMB).decode().encode("utf-16"), "forbidden_xml"),
        (b"<gpx>" + b"<a>" * 100_000, "forbidden_xml"),
        (b"<gpx>" + b" " * LARGEST_BYTES + b"</gpx>", "file_too_large"),
    ],
)  # fmt: skip
def test_what_is_no_walk_is_refused_with_its_reason(data, code):
    assert codes(data) == [code]


def test_too_many_points_are_refused():
    point = b'<trkpt lat="1" lon="1"/>'
    full = b"<gpx><trk><trkseg>" + point * (MOST_POINTS + 1) + b"</trkseg></trk></gpx>"

    assert codes(full) == ["too_many_points"]


def test_without_times_the_length_of_the_line_is_told():
    points = [(None, 1.2 * t, 0.0) for t in range(1000)]

    assert codes(gpx(points)) == ["no_usable_times"]
    assert params(gpx(points)) == {"distance_m": 1200}


@pytest.mark.parametrize("year", ["1901", "0001", "9999"])
def test_times_of_a_lost_clock_are_not_believed(year):
    data = gpx(straight(1000)).replace(b"2026-", year.encode() + b"-")

    assert codes(data) == ["no_usable_times"]


def test_two_stray_times_are_not_believed():
    points = [(None, 12.0 * t, 0.0) for t in range(300)]
    points[10] = (0, 120.0, 0.0)
    points[290] = (57, 3480.0, 0.0)

    assert codes(gpx(points)) == ["no_usable_times"]


# Anything at all

VALID = gpx(straight(200, every_s=5), walk_rest_walk(40)[::20], prolog='<?xml version="1.0"?>')


def outcome(data):
    try:
        return walk_from_gpx(data)
    except Refused as refused:
        return refused


def sound(result):
    """A refusal with a reason, or a recording whose figures may be kept."""
    if isinstance(result, Refused):
        return bool(result.faults)
    ends = [stop.after_s + stop.length_s for stop in result.stops]
    return (
        isinstance(result, Recording)
        and bool(checked("walk", {**result.row, "id": "6f0fcf1e-7df3-4d9e-94a0-1f5f4bd2b3c4"}))
        and all(0 <= stop.after_m <= result.distance_m + 1 for stop in result.stops)
        and all(stop.length_s > 0 for stop in result.stops)
        and max(ends, default=0) <= result.duration_s + 1
    )


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_walk_or_a_refusal(data):
    assert sound(outcome(data))


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(VALID) - 1),
            st.integers(0, 12),
            st.one_of(
                st.binary(max_size=6),
                st.sampled_from([b"nan", b"-1", b"9", b"e9", b"<", b"</trkseg><trkseg>", b"2099"]),
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_gives_a_walk_or_a_refusal(damages):
    data = VALID
    for position, length, replacement in damages:
        data = data[:position] + replacement + data[position + length :]

    assert sound(outcome(data))


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.floats(0, 4000)),
            st.floats(-90, 90),
            st.floats(-180, 180),
            st.floats(-1e6, 1e6),
        ),
        max_size=40,
    )
)
@example([(0.0, 90.0, 0.0, 0.0), (20.0, 90.0, 180.0, 0.0), (40.0, -90.0, -180.0, 0.0)])
@settings(max_examples=150, deadline=None)
def test_any_places_and_times_give_a_walk_or_a_refusal(points):
    said = [
        f'<trkpt lat="{lat}" lon="{lon}"><ele>{ele}</ele>'
        + ("" if t is None else f"<time>{(START + timedelta(seconds=t)).isoformat()}</time>")
        + "</trkpt>"
        for t, lat, lon, ele in points
    ]

    assert sound(outcome(gpx(said)))


# The line, for whoever wants it kept.


def test_the_line_of_a_walk_goes_from_its_start_to_its_end():
    line = polyline.decoded(walk_from_gpx(gpx(straight(300))).track)
    assert line[0] == pytest.approx(LONDON, abs=2e-5)
    assert line[-1] == pytest.approx((LONDON[0], LONDON[1] + 300 / EAST_M), abs=2e-5)


def test_a_long_walks_line_is_thinned_evenly_and_ends_where_the_walk_did():
    recording = walk_from_gpx(gpx(straight(6_000)))
    line = polyline.decoded(recording.track)
    assert recording.points > 5_000
    assert 800 < len(line) <= polyline.MOST_POINTS
    assert line[-1] == pytest.approx((LONDON[0], LONDON[1] + 6_000 / EAST_M), abs=2e-5)
    gaps = [(after[1] - before[1]) * EAST_M for before, after in pairwise(line[:-1])]
    assert max(gaps) < 1.5 * min(gaps)


def test_a_line_has_neither_the_receivers_slips_nor_another_walk():
    walked = straight(300)
    slipped = [*walked[:100], (walked[100][0] - 0.5, 5_000.0, 5_000.0), *walked[100:]]
    later = straight(100, from_s=9_000, from_m=-2_000)
    line = polyline.decoded(walk_from_gpx(gpx(slipped, later)).track)
    assert all(abs(north - LONDON[0]) < 1e-4 for north, _east in line)
    assert all(-1e-4 < east - LONDON[1] < 310 / EAST_M for _north, east in line)


def test_the_line_may_be_kept_but_is_not_part_of_the_proposed_row():
    recording = walk_from_gpx(gpx(straight(300)))
    assert "track" not in recording.row
    row = {**recording.row, "id": "0b4a0a34-0000-4000-8000-000000000001", "track": recording.track}
    assert checked("walk", row)["track"] == recording.track
