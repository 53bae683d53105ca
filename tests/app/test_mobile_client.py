"""Does the phone in examples/ lose nothing, double nothing, and agree with its twin?"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.cache import caches
from django.utils import timezone

from diary.api.throttles import PersonThrottle
from diary.models import Diary
from examples import mobile_client
from tests.app.api.conftest import Phone, token_of

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a-long-password"
LONGEST_S = 60
PRAGMAS = {"journal_mode": "wal", "synchronous": 2}
ENVIRONMENT = {**os.environ, "no_proxy": "127.0.0.1"}


class Handset:
    """A phone with a folder of its own, used as its owner does: by the command line."""

    def __init__(self, folder: Path, url: str):
        self.folder, self.url = folder, url

    def command(self, *words: object, url: str = "") -> list[str]:
        program = [sys.executable, ROOT / "examples" / "mobile_client.py"]
        where = ["--url", url or self.url, "--folder", self.folder]
        return [str(each) for each in (*program, *where, *words)]

    def attempt(self, *words: object, typed: str = "", url: str = "") -> Any:
        return subprocess.run(
            self.command(*words, url=url),
            input=typed,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
        )

    def run(self, *words: object, typed: str = "") -> str:
        """What a command says that must succeed."""
        done = self.attempt(*words, typed=typed)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def refused(self, *words: object, typed: str = "", url: str = "") -> str:
        """Why a command was not done that must not be."""
        done = self.attempt(*words, typed=typed, url=url)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    def sign_in(self, name: str = "walker", code: str = "") -> Handset:
        self.run("sign-in", f"{name}@example.org", typed=f"{PASSWORD}\n{code}\n")
        return self

    def log(self, distance_m: float, *options: object) -> str:
        return self.run("log", "--distance", distance_m, *options)

    def shows(self) -> dict[str, Any]:
        return json.loads(self.run("show"))

    def opened(self) -> mobile_client.Phone:
        """The same phone within the test: for what needs many entries, or another time."""
        return mobile_client.Phone(mobile_client.Store(self.folder), self.url)


class Line:
    """What lies between a phone and the site: it passes requests on, or does as it is told.

    `instead` are answers to the next requests, None to pass one on; `cut` is when the phone dies
    on the next POST: before it reaches the site, or after that but before its answer.
    """

    def __init__(self, site_url: str):
        self.site_url = site_url
        self.asked: list[str] = []
        self.instead: list[tuple[str, list[tuple[str, str]], bytes] | None] = []
        self.cut = ""
        self.victims: Queue[subprocess.Popen[str]] = Queue()

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
        method, where = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        self.asked.append(f"{method} {where}")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if self.instead and (answer := self.instead.pop(0)):
            status, headers, text = answer
            start(status, headers)
            return [text]
        cut, self.cut = (self.cut, "") if method == "POST" else ("", self.cut)
        if cut == "before":
            self._kill()
        else:
            text = self._passed_on(method, f"{where}?{environ['QUERY_STRING']}", body, environ)
        if cut:
            if cut == "after":
                self._kill()
            text = b""
        start("200 OK", [("Content-Type", "application/json")])
        return [text]

    def _passed_on(self, method: str, where: str, body: bytes, environ: dict[str, Any]) -> bytes:
        headers = {
            "Content-Type": "application/json",
            "X-Session-Token": environ.get("HTTP_X_SESSION_TOKEN", ""),
        }
        request = urllib.request.Request(
            f"{self.site_url}{where}", body or None, headers, method=method
        )
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return answer.read()

    def _kill(self) -> None:
        victim = self.victims.get(timeout=LONGEST_S)
        victim.kill()
        victim.wait(timeout=LONGEST_S)


class Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def line(live_server) -> Iterator[tuple[Line, str]]:
    """A line to the site, and the address of its near end."""
    line = Line(live_server.url)
    with make_server("127.0.0.1", 0, line, handler_class=Silent) as server:
        running = threading.Thread(target=server.serve_forever, args=[0.01])
        running.start()
        yield line, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        running.join()


@pytest.fixture(autouse=True)
def unthrottled() -> None:
    for cache in caches.all(initialized_only=False):
        cache.clear()


@pytest.fixture
def diary(new_diary) -> Diary:
    """The walker's, whose address is confirmed."""
    made = new_diary("walker")
    EmailAddress.objects.create(
        user=made.owner, email=made.owner.email, verified=True, primary=True
    )
    return made


@pytest.fixture
def new_handset(tmp_path, live_server) -> Callable[[str], Handset]:
    return lambda name: Handset(tmp_path / name, live_server.url)


@pytest.fixture
def handset(diary, new_handset) -> Handset:
    """A phone on which the walker is signed in."""
    return new_handset("first").sign_in()


@pytest.fixture
def twin(handset, new_handset) -> Handset:
    """The walker's second phone."""
    return new_handset("second").sign_in()


def on_the_server(diary: Diary) -> dict[str, Any]:
    """Every row of the server's document, under the names that the phone has for them."""
    told = Phone(token_of(diary.owner)).get("document/").json()
    rows = {f"walk {row['id']}": row for row in told["walks"]}
    assert len(rows) == len(told["walks"])
    return rows | {f"check_in {row['date']}": row for row in told["check_ins"]}


def agree(diary: Diary, *handsets: Handset) -> bool:
    """Whether phones that have synced show what the server has, and nothing waits or is parked."""
    rows = on_the_server(diary)
    for handset in handsets:
        assert handset.shows() == {"rows": rows, "parked": {}, "waiting": 0}
    return True


def distances_m(rows: dict[str, Any]) -> dict[str, float]:
    return {row.removeprefix("walk "): value.get("distance_m") for row, value in rows.items()}


def test_two_phones_that_log_edit_and_delete_in_turn_agree_in_the_end(diary, handset, twin):
    draw = random.Random(5)
    diary.put("check_in", {"date": "2026-05-30", "pain_at_rest": 2}, timezone.now())
    expected_m: dict[str, float] = {}
    for turn in range(4):
        one = (handset, twin)[turn % 2]
        one.run("sync")
        names = sorted(expected_m)
        for distance_m in (600 + turn, 700 + turn):
            expected_m[one.log(distance_m, "--pain-after", 250)] = distance_m
        if names:
            changed, gone = draw.choice(names), draw.choice(names)
            one.run("edit", changed, "--distance", 900 + turn)
            expected_m[changed] = 900 + turn
            one.run("delete", gone)
            del expected_m[gone]
        assert distances_m(one.shows()["rows"]) == {"check_in 2026-05-30": None, **expected_m}
        one.run("sync")
    handset.run("sync")
    assert agree(diary, handset, twin)
    assert distances_m(on_the_server(diary)) == {"check_in 2026-05-30": None, **expected_m}
    assert len(expected_m) == 5


def test_an_edit_changes_what_was_said_and_keeps_the_rest(diary, handset):
    name = handset.log(600, "--pain-after", 250, "--notes", "by the río 🙂")
    pain = [{"onset_distance_m": 250, "site": "calf"}, {"onset_distance_m": 500}]
    handset.run("sync")
    there = on_the_server(diary)[f"walk {name}"]
    diary.put("walk", {**there, "pain": pain}, timezone.now())
    handset.run("sync")
    handset.run("edit", name, "--pain-after", 300)
    handset.run("sync")
    assert agree(diary, handset)
    kept = on_the_server(diary)[f"walk {name}"]
    assert kept["pain"] == [{"onset_distance_m": 300, "site": "calf"}, {"onset_distance_m": 500}]
    assert (kept["distance_m"], kept["notes"]) == (600, "by the río 🙂")
    handset.run("edit", name, "--no-pain")
    handset.run("sync")
    assert on_the_server(diary)[f"walk {name}"]["pain"] == []


def test_many_entries_go_out_in_several_batches_and_come_in_in_several_pages(
    diary, handset, twin, line
):
    between, url = line
    handset.url = url
    phone = handset.opened()
    names = [phone.log({"distance_m": number}) for number in range(1_100)]
    names += [phone.log({"duration_s": 600, "notes": "é" * 4_000}) for _ in range(100)]
    for number in range(1, 4):
        phone.change("put", names[0], lambda walk, number=number: walk | {"duration_s": number})
    phone.sync()
    sent, read = (
        [asked for asked in between.asked if asked.startswith(method)] for method in ("POST", "GET")
    )
    assert len(sent) == 6  # a thousand, three times 900 kB, two more of the row that waited
    assert len(read) == 2
    twin.run("sync")
    assert agree(diary, handset, twin)
    assert set(distances_m(twin.shows()["rows"])) == set(names)
    assert on_the_server(diary)[f"walk {names[0]}"]["duration_s"] == 3


DYING = """
import os, shutil, signal, sys
from pathlib import Path
from examples import mobile_client

folder, lines_left = Path(sys.argv[1]), int(sys.argv[2])

def counted(frame, event, _):
    global lines_left
    if frame.f_code.co_filename != mobile_client.__file__:
        return None
    lines_left -= event == "line"
    if lines_left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return counted

def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + chr(10))
    sys.stdout.flush()

def phone_in(folder):
    return mobile_client.Phone(mobile_client.Store(folder))
"""
LOOP = """
sys.settrace(counted)
phone, distance_m = phone_in(folder), int(sys.argv[3])
while True:
    for _ in range(3):
        distance_m += 1
        name = phone.log({"distance_m": distance_m})
        say(name, distance_m)
    phone.change("put", name, lambda walk: walk | {"notes": "edited"})
    say(name, "edited")
    phone.sync()
"""
SWEEP = """
every, wrong, status = lines_left, sys.argv[3], signal.SIGKILL
for lines_left in range(every, 10_000, every):
    phone_in(folder).pull()  # or each phone would have the walks of all before it to read
    here, distance_m = Path(f"{folder} {lines_left}"), 1_000 + lines_left
    shutil.copytree(folder, here)
    child = os.fork()
    if not child:
        sys.settrace(counted)
        phone = phone_in(here)
        name = phone.log({"distance_m": distance_m})
        say("kept", name, distance_m)
        phone.change("put", name, lambda walk: walk | {"distance_m": distance_m + 0.5})
        say("kept", name, distance_m + 0.5)
        phone.change("put", wrong, lambda walk: walk | {"distance_m": 5})
        phone.sync()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    phone = phone_in(here)
    phone.change("put", wrong, lambda walk: walk | {"distance_m": 5})
    phone.sync()
    say("phone", lines_left)
    if status != signal.SIGKILL:
        break
sys.exit(os.waitstatus_to_exitcode(status))
"""
LINES_OF_SEVERAL_LOOPS = 1_200


def said_before_the_kill(
    folder: Path, first_m: int, lines_left: int = 0, acknowledged: int = 0
) -> list[list[str]]:
    """What a phone said was kept before it died at a line of its program, or after entries."""
    numbers = [str(each) for each in (folder, lines_left or -1, first_m)]
    with subprocess.Popen(
        [sys.executable, "-c", DYING + LOOP, *numbers],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    ) as phone:
        assert phone.stdout is not None
        said = [phone.stdout.readline() for _ in range(acknowledged)]
        if acknowledged:
            phone.send_signal(signal.SIGKILL)
        said += phone.stdout.readlines()
        assert phone.wait(timeout=LONGEST_S) == -signal.SIGKILL
    return [each.split() for each in said if each.endswith("\n")]


@pytest.mark.parametrize("kills", [6, pytest.param(60, marks=pytest.mark.long, id="sixty kills")])
def test_no_walk_is_lost_or_doubled_when_the_phone_is_killed_at_any_line(diary, handset, kills):
    draw = random.Random(kills)
    kept_m: dict[str, float] = {}
    edited = set()
    for kill in range(kills):
        how = (
            {"acknowledged": draw.randint(1, 15)}
            if kill % 3 == 2
            else {"lines_left": draw.randint(1, LINES_OF_SEVERAL_LOOPS)}
        )
        for name, what in said_before_the_kill(handset.folder, 1_000 * kill, **how):
            if what == "edited":
                edited.add(name)
            else:
                kept_m[name] = float(what)
    handset.run("sync")
    assert agree(diary, handset)
    stored = on_the_server(diary)
    stored_m = distances_m(stored)
    assert kept_m.items() <= stored_m.items()
    assert len(set(stored_m.values())) == len(stored_m) <= len(kept_m) + kills
    assert all(stored[f"walk {name}"]["notes"] == "edited" for name in edited)
    assert len(kept_m) > kills


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long, id="each line")])
def test_whatever_line_a_phone_is_killed_at_its_next_sync_makes_up_for_it(
    diary, handset, twin, every, monkeypatch
):
    monkeypatch.setitem(PersonThrottle.THROTTLE_RATES, "user", "100000/minute")
    edited, gone, wrong = twin.log(600), twin.log(700), handset.log(-5)
    twin.run("sync")
    handset.run("sync")
    twin.run("delete", gone)
    expected_m = {edited: 650, twin.log(900): 900, wrong: 5}
    handset.run("edit", edited, "--distance", 650)
    twin.run("sync")
    done = subprocess.run(
        [sys.executable, "-c", DYING + SWEEP, handset.folder, str(every), wrong],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=50 * LONGEST_S / every,
    )
    assert done.returncode == 0, done.stderr
    said = [each.split() for each in done.stdout.splitlines()]
    phones = [
        mobile_client.Phone(mobile_client.Store(Path(f"{handset.folder} {each[1]}")))
        for each in said
        if each[0] == "phone"
    ]
    assert len(phones) > 100 / every
    kept_m = {each[1]: float(each[2]) for each in said if each[0] == "kept"}
    stored = on_the_server(diary)
    stored_m = distances_m(stored)
    # A write that was on the disk when its phone died before saying so is there too.
    assert {name: min(m, stored_m[name]) for name, m in kept_m.items()} == kept_m
    assert expected_m.items() <= stored_m.items()
    assert len({int(m) for m in stored_m.values()}) == len(stored_m)
    assert len(stored_m) <= len(expected_m) + len(phones)
    for phone in phones:
        phone.sync()
        assert phone.store.rows() == stored
        assert (phone.store.parked(), phone.store.waiting()) == ({}, 0)


def signed_in_devices(diary: Diary) -> list[str]:
    """What the devices of a diary's owner call themselves; the tokens of tests have no names."""
    seen = Phone(token_of(diary.owner)).get("devices/").json()["results"]
    return [each["user_agent"][:15] for each in seen if each["user_agent"]]


@pytest.mark.parametrize(("cut", "stored_by_then"), [("before", 1), ("after", 2)])
def test_what_was_sent_but_not_acknowledged_is_sent_again_and_not_doubled(
    diary, handset, line, cut, stored_by_then
):
    between, url = line
    handset.url = url
    edited = handset.log(600)
    handset.run("sync")
    handset.run("edit", edited, "--distance", 700)
    new = handset.log(800)
    between.cut = cut
    with subprocess.Popen(handset.command("sync"), env=ENVIRONMENT, text=True) as dying:
        between.victims.put(dying)
        assert dying.wait(timeout=LONGEST_S) == -signal.SIGKILL
    assert len(on_the_server(diary)) == stored_by_then
    revision = Diary.objects.get().revision
    assert handset.shows()["waiting"] == 2
    handset.run("edit", new, "--distance", 900)
    handset.run("sync")
    assert distances_m(on_the_server(diary)) == {edited: 700, new: 900}
    assert Diary.objects.get().revision == revision + {"before": 3, "after": 1}[cut]
    assert agree(diary, handset)


def test_a_device_that_was_signed_out_keeps_what_waits_and_sends_it_after_signing_in(
    diary, handset
):
    names = {handset.log(600)}
    handset.run("sync")
    other = Phone(token_of(diary.owner))
    device = next(
        each
        for each in other.get("devices/").json()["results"]
        if each["user_agent"].startswith("Waymark example phone")
    )
    assert other.delete(f"devices/{device['id']}/").status_code == 204
    names |= {handset.log(700), handset.log(800)}
    for _ in range(2):
        assert "Sign in again" in handset.refused("sync")
    assert handset.shows()["waiting"] == 2
    handset.sign_in().run("sync")
    assert set(distances_m(on_the_server(diary))) == names
    assert agree(diary, handset)


def test_a_phone_logs_before_anybody_has_signed_in(diary, new_handset):
    handset = new_handset("new")
    name = handset.log(600)
    assert "Sign in again" in handset.refused("sync")
    wrong = handset.refused("sign-in", "walker@example.org", typed="not-the-password\n")
    assert "password" in wrong
    handset.sign_in().run("sync")
    assert set(distances_m(on_the_server(diary))) == {name}


def test_what_waits_goes_into_no_other_diary(diary, handset, new_diary):
    stranger = new_diary("stranger")
    handset.log(600)
    typed = f"{PASSWORD}\n"
    why = handset.refused("sign-in", "stranger@example.org", typed=typed)
    assert "somebody else's" in why
    handset.run("sync")
    assert on_the_server(stranger) == {}
    assert len(on_the_server(diary)) == 1
    assert signed_in_devices(stranger) == []


def test_a_second_factor_is_asked_for_where_it_is_due(diary, new_handset):
    secret = generate_totp_secret()
    TOTP.activate(diary.owner, secret)
    handset = new_handset("new")
    with time_machine.travel(datetime.now(UTC), tick=False):
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        wrong = f"{PASSWORD}\n{(int(code) + 1) % 1_000_000:06}\n"
        assert "code" in handset.refused("sign-in", "walker@example.org", typed=wrong)
        assert "Sign in again" in handset.refused("sync")
        handset.sign_in(code=code).run("sync")
    assert agree(diary, handset)


def test_the_diary_and_the_token_are_for_their_owner_alone_and_are_on_the_disk(handset):
    handset.log(600)
    phone = handset.opened()
    paths = [handset.folder, *handset.folder.iterdir()]
    assert len(paths) > 1
    assert [path.stat().st_mode & 0o077 for path in paths] == [0] * len(paths)
    pragmas = [phone.store.run(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS]
    assert dict(zip(PRAGMAS, pragmas, strict=True)) == PRAGMAS


@pytest.mark.parametrize(
    ("settled", "distance_m"), [("mine", 800), ("theirs", 700)], ids=["mine", "theirs"]
)
def test_of_two_edits_of_one_walk_neither_is_lost_and_its_walker_decides(
    diary, handset, twin, settled, distance_m
):
    name = handset.log(600)
    handset.run("sync")
    twin.run("sync")
    handset.run("edit", name, "--distance", 700)
    twin.run("edit", name, "--distance", 800)
    other = twin.log(900)
    handset.run("sync")
    twin.run("sync")
    assert set(distances_m(on_the_server(diary))) == {name, other}
    shown = twin.shows()
    parked = shown["parked"][f"walk {name}"]
    assert parked["status"] == "conflict"
    assert parked["mine"]["value"]["distance_m"] == 800
    assert parked["stored"]["value"]["distance_m"] == 700
    assert distances_m(shown["rows"])[name] == 800
    twin.run("sync")
    assert on_the_server(diary)[f"walk {name}"]["distance_m"] == 700
    twin.run("settle", name, settled)
    twin.run("sync")
    handset.run("sync")
    assert agree(diary, handset, twin)
    assert on_the_server(diary)[f"walk {name}"]["distance_m"] == distance_m
    assert "Nothing is parked" in twin.refused("settle", name, settled)


def test_an_edit_of_what_was_deleted_elsewhere_can_bring_it_back(diary, handset, twin):
    name = handset.log(600)
    handset.run("sync")
    twin.run("sync")
    handset.run("delete", name)
    handset.run("sync")
    twin.run("edit", name, "--distance", 800)
    twin.run("edit", name, "--distance", 900)
    twin.run("sync")
    parked = twin.shows()["parked"][f"walk {name}"]
    assert (parked["stored"]["op"], parked["mine"]["value"]["distance_m"]) == ("delete", 900)
    assert on_the_server(diary) == {}
    twin.run("settle", name, "mine")
    twin.run("sync")
    handset.run("sync")
    assert agree(diary, handset, twin)
    assert distances_m(on_the_server(diary)) == {name: 900}


def test_a_phone_that_missed_what_was_deleted_starts_again_with_its_queue(diary, handset, twin):
    gone, edited, kept = handset.log(500), handset.log(600), handset.log(700)
    handset.run("sync")
    twin.run("sync")
    handset.run("delete", gone)
    handset.run("delete", edited)
    handset.run("sync")
    assert Diary.objects.get().purge(timezone.now() + timedelta(days=31)) == 2
    twin.run("edit", edited, "--distance", 800)
    refused, new = twin.log(-5), twin.log(900)
    twin.run("sync")
    shown = twin.shows()
    assert distances_m(shown["rows"]) == {edited: 800, kept: 700, refused: -5, new: 900}
    assert shown["parked"][f"walk {edited}"]["stored"] is None
    assert shown["parked"][f"walk {refused}"]["status"] == "invalid"
    twin.run("settle", edited, "mine")
    twin.run("settle", refused, "theirs")
    twin.run("sync")
    handset.run("sync")
    assert agree(diary, handset, twin)
    assert distances_m(on_the_server(diary)) == {edited: 800, kept: 700, new: 900}


def test_an_entry_that_is_refused_holds_up_no_other(diary, handset):
    first, wrong, last = handset.log(600), handset.log(-5, "--pain-after", 0), handset.log(700)
    mended = handset.log(-6)
    handset.run("edit", mended, "--distance", 800)
    handset.run("sync")
    shown = handset.shows()
    assert set(shown["parked"]) == {f"walk {wrong}"}
    (error,) = shown["parked"][f"walk {wrong}"]["errors"]
    assert (error["attr"], error["code"]) == ("value.distance_m", "negative")
    assert error["detail"]
    assert distances_m(shown["rows"])[wrong] == -5
    assert distances_m(on_the_server(diary)) == {first: 600, last: 700, mended: 800}
    handset.run("sync")
    handset.run("edit", wrong, "--distance", 5)
    handset.run("sync")
    assert agree(diary, handset)
    assert distances_m(on_the_server(diary))[wrong] == 5


def test_what_can_never_be_sent_is_not_queued(handset):
    phone = handset.opened()
    with pytest.raises(ValueError, match="not JSON compliant"):
        phone.log({"distance_m": float("nan")})
    with pytest.raises(mobile_client.NotDone, match="too long"):
        phone.log({"notes": "x" * mobile_client.MOST_BYTES})
    assert handset.shows() == {"rows": {}, "parked": {}, "waiting": 0}


OUTAGES = {
    "busy": ("503 Service Unavailable", [("Content-Type", "text/html")], b"<p>Come back later"),
    "broken": ("500 Internal Server Error", [], b""),
    "portal": ("200 OK", [("Content-Type", "text/html")], b"<p>Click here to go online"),
    "elsewhere": ("302 Found", [("Location", "/elsewhere")], b""),
    "half an answer": ("200 OK", [("Content-Length", "100")], b'{"results": ['),
    "somebody else": ("403 Forbidden", [("Content-Type", "application/json")], b'{"ok": false}'),
}


@pytest.mark.parametrize("outage", OUTAGES.values(), ids=OUTAGES)
def test_an_answer_that_is_none_keeps_the_queue(diary, handset, line, outage):
    between, url = line
    handset.url = url
    name = handset.log(600)
    between.instead = [outage]
    assert "What was logged is kept" in handset.refused("sync")
    assert between.asked == ["POST /api/v1/sync/"]
    assert handset.shows()["waiting"] == 1
    handset.run("sync")
    assert set(distances_m(on_the_server(diary))) == {name}


def test_what_was_acknowledged_is_seen_and_edited_though_nothing_was_read_since(
    diary, handset, line
):
    between, url = line
    handset.url = url
    name, gone = handset.log(600), handset.log(700)
    handset.run("sync")
    handset.run("delete", gone)
    handset.run("edit", name, "--distance", 800)
    new = handset.log(900)
    between.instead = [None, OUTAGES["busy"]]
    handset.refused("sync")
    assert distances_m(handset.shows()["rows"]) == {name: 800, new: 900}
    handset.run("edit", name, "--distance", 850)
    handset.run("edit", new, "--distance", 950)
    handset.run("sync")
    assert agree(diary, handset)
    assert distances_m(on_the_server(diary)) == {name: 850, new: 950}


def test_without_a_network_everything_is_kept(diary, handset):
    name = handset.log(600)
    assert "What was logged is kept" in handset.refused("sync", url="http://127.0.0.1:1")
    assert handset.shows()["waiting"] == 1
    handset.run("sync")
    assert set(distances_m(on_the_server(diary))) == {name}


def test_a_phone_that_is_told_to_wait_does_not_ask_before(diary, handset):
    name = handset.log(600)
    caches["throttle"].set(f"throttle_user_{diary.owner.pk}", [time.time()] * 600, 60)
    assert "the server answered 429" in handset.refused("sync")
    caches["throttle"].clear()
    assert "the server said to wait" in handset.refused("sync")
    assert on_the_server(diary) == {}
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=61)):
        handset.opened().sync()
    assert set(distances_m(on_the_server(diary))) == {name}
    assert agree(diary, handset)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("log", "--distance", "nan"), "no number"),
        (("log", "--distance", "1e400"), "no number"),
        (("log", "--distance", "600", "--pain-after", "inf"), "no number"),
        (("log", "--distance", "600", "--pain-after", "700", "--no-pain"), "not allowed with"),
        (("log", "--distance", "600", "--started-at", "yesterday"), "yesterday"),
        (("sync", "--url", "localhost"), "localhost"),
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_is_kept(tmp_path, words, said):
    handset = Handset(tmp_path, "http://127.0.0.1:1")
    done = handset.attempt(*words)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert handset.shows() == {"rows": {}, "parked": {}, "waiting": 0}


def test_a_time_without_an_offset_is_that_of_the_phone(handset, monkeypatch):
    monkeypatch.setitem(ENVIRONMENT, "TZ", "Asia/Tokyo")
    name = handset.log(600, "--started-at", "2026-05-30T09:00:00")
    walk = handset.shows()["rows"][f"walk {name}"]
    assert (walk["started_at"], walk["time_zone"]) == ("2026-05-30T09:00:00+09:00", "Asia/Tokyo")


def test_a_walk_is_logged_in_the_zone_of_the_phone(handset, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    phone = handset.opened()
    phone.log({"distance_m": 600})
    monkeypatch.setenv("TZ", "Mars/Olympus")
    phone.log({"distance_m": 700})
    zones = [walk.get("time_zone") for walk in phone.store.rows().values()]
    assert sorted(zones, key=str) == ["Asia/Tokyo", None]


def test_signing_in_again_leaves_one_device_behind(diary, handset):
    handset.sign_in()
    handset.run("sync")
    assert signed_in_devices(diary) == ["Waymark example"]


def test_a_refusal_is_told_once(handset, new_handset):
    wrong = new_handset("new").refused("sign-in", "nobody@example.org", typed="x" * 12 + "\n")
    assert wrong.strip()
    sentences = [each for each in wrong.strip().split(". ") if each]
    assert len(sentences) == len(set(sentences))
    told = {"title": "Too many.", "code": "too_many", "errors": [{"detail": "Too many."}]}
    assert str(mobile_client.Problem(told)) == "Too many."
