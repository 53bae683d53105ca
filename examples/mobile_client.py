"""A phone in one file: how does an app log walks without signal, and lose none of them?

  sign-in EMAIL          asks for the password, and for a code where one is due
  log --distance 600     keeps a walk, and says its id
  edit ID, delete ID     on top of what is seen now
  sync                   sends what waits, and reads what changed elsewhere
  settle ID mine         sends what was parked once more; `theirs` gives it up
  show                   the rows as seen, what is parked, and how many writes wait

1. An entry is on the disk before the walker is told that it is kept, and leaves the queue when the
   server has acknowledged it. Whatever else is answered, it stays.
2. Its id is made here, once. Sending it twice is harmless: the server answers `unchanged`.
3. `base_revision` says which version of the row the walker saw. Where the server has another one
   by now, it answers `conflict` with both versions, and nothing is overwritten.
4. What is refused is parked with its reasons, and holds up nothing else.
5. What is shown is the server's copy with the queue on top.
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import http.client
import json
import math
import os
import platform
import sqlite3
import sys
import time
import urllib.parse
import urllib.request
import uuid
import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]
HOME = "http://127.0.0.1:8000"
DEVICE = f"Waymark example phone ({platform.node()})"  # what the list of devices calls it
MOST_ITEMS, MOST_BYTES = 1_000, 900_000  # of a batch; the server takes 1,000 and 2 MB
LONGEST_ANSWER_S, LONGEST_WAIT_S = 30, 3_600
# SQLite, because queue, copy and cursor change together or not at all; in WAL mode with
# synchronous=FULL a commit returns when it is on the disk. `row` is a row's kind and its id or day.
TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS known (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS copy (row TEXT PRIMARY KEY, item TEXT, revision INTEGER);
CREATE TABLE IF NOT EXISTS queue (number INTEGER PRIMARY KEY AUTOINCREMENT, row TEXT, item TEXT,
    base_revision INTEGER, answer TEXT);
"""


class NotDone(Exception):
    """Why something was not done, in words for the walker; what waits to be sent still waits."""


class Later(NotDone):
    """No network, or a server that cannot answer now; `wait_s` is 0 where it did not say more."""

    def __init__(self, why: str, wait_s: float = 0):
        self.wait_s = min(wait_s, LONGEST_WAIT_S)
        super().__init__(f"Not now: {why}. What was logged is kept.")


class Problem(NotDone):
    """What the server refused: its `code`, its reasons, and whatever else it told."""

    def __init__(self, told: Row):
        self.told, self.code = told, told["code"]
        said = [told["title"], *(each["detail"] for each in told["errors"])]
        super().__init__(" ".join(dict.fromkeys(said)))


class Store:
    """What the phone keeps on its disk, for its owner's eyes only.

    An app would put the token into the keychain; here it lies beside the diary.
    """

    def __init__(self, folder: Path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / "phone.sqlite3"
        file.touch(mode=0o600)
        self.database = sqlite3.connect(file, timeout=30, isolation_level=None)
        self.database.executescript(TABLES)
        self.run = self.database.execute

    def whole(self) -> sqlite3.Connection:
        """What is written within is on the disk at its end, all of it or nothing."""
        self.run("BEGIN IMMEDIATE")
        return self.database

    def known(self, name: str, otherwise: str = "") -> str:
        found = self.run("SELECT value FROM known WHERE name = ?", [name]).fetchone()
        return found[0] if found else otherwise

    def note(self, **values: object) -> None:
        for name, value in values.items():
            self.run("INSERT OR REPLACE INTO known VALUES (?, ?)", [name, str(value)])

    def rows(self) -> dict[str, Row]:
        """Every row as the walker sees it: the copy, and the queue on top."""
        copy = self.run("SELECT row, item FROM copy ORDER BY row").fetchall()
        queue = self.run("SELECT row, item FROM queue ORDER BY number").fetchall()
        items = {row: json.loads(item) for row, item in copy + queue}
        return {row: item["value"] for row, item in items.items() if item["op"] == "put"}

    def keep(self, item: Row) -> None:
        """Bring one row of the copy to what the server has."""
        kept = [row_of(item), json.dumps(item), item["revision"]]
        self.run("INSERT OR REPLACE INTO copy VALUES (?, ?, ?)", kept)

    def write(self, item: Row) -> None:
        """Queue a write of a whole row, based on the version that the walker saw.

        That is the copy's; or it is a write of the same row that waits already, whose
        acknowledgement will bring the revision. A parked write gives way.
        """
        row, text = [row_of(item)], json.dumps(item, allow_nan=False)
        if len(text) > MOST_BYTES:
            raise NotDone("This is too long to be sent.")
        seen = self.run("SELECT base_revision FROM queue WHERE row = ?", row).fetchone()
        seen = seen or self.run("SELECT revision FROM copy WHERE row = ?", row).fetchone()
        new = [*row, text, seen[0] if seen else None]
        self.run("DELETE FROM queue WHERE row = ? AND answer NOTNULL", row)
        self.run("INSERT INTO queue (row, item, base_revision) VALUES (?, ?, ?)", new)

    def unsent(self) -> list[tuple[int, str, Row]]:
        """The next batch, in order: of each row its first write alone, and nothing parked."""
        batch, size_bytes = [], 0
        for number, row, text, base in self.run(
            "SELECT number, row, item, base_revision FROM queue WHERE answer IS NULL AND number IN"
            f" (SELECT min(number) FROM queue GROUP BY row) ORDER BY number LIMIT {MOST_ITEMS}"
        ):
            size_bytes += len(text)
            if size_bytes <= MOST_BYTES:
                batch.append((number, row, {**json.loads(text), "base_revision": base}))
        return batch

    def waiting(self) -> int:
        return self.run("SELECT count(*) FROM queue WHERE answer IS NULL").fetchone()[0]

    def answered(self, number: int, row: str, sent: Row, answer: Row) -> None:
        """Take in what became of a write, where no other sync of this phone has done so."""
        later = "SELECT min(number) FROM queue WHERE row = ? AND number > ?"
        waits = self.run(later, [row, number]).fetchone()[0]
        done = answer["status"] in ("created", "updated", "unchanged", "deleted")
        if not done and not waits:
            parked = [json.dumps(answer), number]
            self.run("UPDATE queue SET answer = ? WHERE number = ?", parked)
        # Acknowledged; or refused, and a later write, which says the whole row, takes its place.
        elif self.run("DELETE FROM queue WHERE number = ?", [number]).rowcount:
            base = answer["revision"] if done else sent["base_revision"]
            self.run("UPDATE queue SET base_revision = ? WHERE number = ?", [base, waits])
            copy = self.run("SELECT revision FROM copy WHERE row = ?", [row]).fetchone()
            if done and copy != (base,):  # the server's own words of it are there already
                self.keep({**sent, "revision": base})

    def parked(self) -> dict[str, Row]:
        """What needs the walker: `invalid` with `errors`, or `conflict` with what is `stored`."""
        parked = self.run("SELECT row, item, answer FROM queue WHERE answer NOTNULL").fetchall()
        return {row: {"mine": json.loads(item), **json.loads(told)} for row, item, told in parked}

    def settle(self, row: str, mine: bool) -> None:
        """Send a parked write again, on top of what is stored; or give it up for that."""
        with self.whole():
            parked = self.parked().get(row)
            if parked is None:
                raise NotDone(f"Nothing is parked of {row}.")
            if "stored" in parked:
                seen = [(parked["stored"] or {}).get("revision"), row]
                self.run("UPDATE queue SET base_revision = ? WHERE row = ?", seen)
            settled = "UPDATE queue SET answer = NULL" if mine else "DELETE FROM queue"
            self.run(f"{settled} WHERE row = ?", [row])


class Phone:
    """Logs into its store at any time, and talks to the server when asked to."""

    def __init__(self, store: Store, url: str = ""):
        self.store, self.url = store, (url or store.known("url", HOME)).rstrip("/")

    def sign_in(self, email: str, password: str, code: Callable[[], str]) -> None:
        """Sign in by password, and by the `code()` of an authenticator app where that is due."""
        pending = ""
        try:
            told = self.ask("POST", "auth/login", {"email": email, "password": password}, pending)
        except Problem as half:
            flows = half.told.get("data", {}).get("flows", [])
            if not any(flow["id"] == "mfa_authenticate" for flow in flows):
                raise
            pending = half.told["meta"]["session_token"]
            told = self.ask("POST", "auth/2fa/authenticate", {"code": code()}, pending)
        token = told["meta"].get("session_token", pending)
        owner = f"{told['data']['user']['id']} at {self.url}"
        if self.store.known("owner", owner) != owner:  # no walk goes into another's diary
            self.ask("DELETE", "auth/session", None, token)
            raise NotDone("This is somebody else's phone: take another --folder.")
        old = self.store.known("token", token)
        with self.store.whole():
            self.store.note(owner=owner, url=self.url, token=token)
        if old != token:
            with contextlib.suppress(NotDone):  # it leaves the list of devices by itself, later
                self.ask("DELETE", "auth/session", None, old)

    def log(self, walk: Row) -> str:
        """Keep a new walk, and return its id; one that grows with time is kinder to an index."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        value = {"id": str(uuid.uuid4()), "started_at": now, **zone(), **walk}
        with self.store.whole():
            self.store.write({"kind": "walk", "op": "put", "value": value})
        return value["id"]

    def change(self, op: str, name: str, change: Callable[[Row], Row]) -> None:
        """Put or delete a walk on top of what is seen of it now."""
        with self.store.whole():
            seen = self.store.rows().get(f"walk {name}")
            if seen is None:
                raise NotDone(f"There is no walk {name}.")
            self.store.write({"kind": "walk", "op": op, "value": change(seen)})

    def sync(self) -> None:
        """Send what waits, then read what changed elsewhere; no sooner than the server said."""
        wait_s = float(self.store.known("not_before", "0")) - time.time()
        if 0 < wait_s <= LONGEST_WAIT_S:
            raise Later(f"the server said to wait {wait_s:.0f} s more", wait_s)
        try:
            self.push()
            self.pull()
        except Later as later:
            self.store.note(not_before=time.time() + later.wait_s)
            raise

    def push(self) -> None:
        while batch := self.store.unsent():
            items = [item for _number, _row, item in batch]
            told = self.ask("POST", "sync/", {"items": items}, self.store.known("token"))
            with self.store.whole():
                for sent, answer in zip(batch, told["results"], strict=True):
                    self.store.answered(*sent, answer)

    def pull(self) -> None:
        page: Row = {"more": True}
        while page["more"]:
            since = self.store.known("cursor", "0")
            where = f"sync/?since={urllib.parse.quote(since)}"
            try:
                page = self.ask("GET", where, None, self.store.known("token"))
            except Problem as problem:
                if problem.code != "start_again" or since == "0":
                    raise
                page = {"items": [], "cursor": "0", "more": True}
                self.store.run("DELETE FROM copy")  # never the queue
            with self.store.whole():
                for item in page["items"]:
                    self.store.keep(item)
                self.store.note(cursor=page["cursor"])

    def ask(self, method: str, where: str, body: Row | None, token: str) -> Row:
        """The answer's JSON; raises Problem for what is refused, Later for what may yet succeed."""
        headers = {"User-Agent": DEVICE, "Content-Type": "application/json"}
        headers |= {"X-Session-Token": token} if token else {}
        data = None if body is None else json.dumps(body).encode()
        address = f"{self.url}/api/v1/{where}"
        try:
            request = urllib.request.Request(address, data, headers, method=method)
            with PLAIN.open(request, timeout=LONGEST_ANSWER_S) as answer:
                if answer.status == 429 or answer.status >= 500:
                    wait_s = answer.headers.get("Retry-After", "")
                    known_s = int(wait_s) if wait_s.isdecimal() else 0
                    raise Later(f"the server answered {answer.status}", known_s)
                told = json.loads(answer.read() or "{}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Later(f"no answer that can be read ({error})") from None
        if answer.status < 300:
            return told
        if "code" not in told:  # a gateway in between, that wants to be clicked
            raise Later(f"somebody else answered {answer.status}")
        if told["code"] in ("not_authenticated", "session_ended"):
            raise NotDone("Sign in again. What was logged is kept.")
        raise Problem(told)


class AsItIs(urllib.request.HTTPErrorProcessor):
    """Raise nothing for a status, and follow nobody elsewhere: the token would come along."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response

    https_response = http_response


PLAIN = urllib.request.build_opener(AsItIs)


def row_of(item: Row) -> str:
    """What names a row: its kind, and its id or its day; there is one profile."""
    return f"{item['kind']} {item['value'].get('id') or item['value'].get('date', '')}"


def described(walk: Row, said: argparse.Namespace) -> Row:
    """The walk with what was said of it; what was not said stays as it was, or not recorded."""
    numbers = (said.distance_m, said.duration_s, said.pain_after_m)
    if not all(math.isfinite(each or 0) for each in numbers):
        raise NotDone("This is no number that can be kept.")
    names = ("started_at", "distance_m", "duration_s", "notes")
    walk = walk | {name: getattr(said, name) for name in names if getattr(said, name) is not None}
    if said.pain_after_m is not None:
        first, *others = walk.get("pain") or [{}]
        walk["pain"] = [{**first, "onset_distance_m": said.pain_after_m}, *others]
    return walk | ({"pain": []} if said.no_pain else {})


def zone() -> Row:
    """Where the phone is, if its system tells: on which day a walk falls depends on it."""
    name = os.environ.get("TZ") or str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    return {"time_zone": name} if name in zoneinfo.available_timezones() else {}


def moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone().isoformat()  # without an offset: of the phone


def typed(prompt: str) -> str:
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("words", nargs="+", metavar="COMMAND")
    parser.add_argument("--url", default="", help=f"{HOME}, or where sign-in was")
    parser.add_argument("--folder", type=Path, default=Path.home() / ".waymark-phone")
    parser.add_argument("--started-at", type=moment, metavar="2026-05-30T09:00:00Z")
    parser.add_argument("--distance", dest="distance_m", type=float, metavar="METRES")
    parser.add_argument("--duration", dest="duration_s", type=float, metavar="SECONDS")
    pain = parser.add_mutually_exclusive_group()
    pain.add_argument("--pain-after", dest="pain_after_m", type=float, metavar="METRES")
    pain.add_argument("--no-pain", action="store_true")
    parser.add_argument("--notes")
    asked = parser.parse_intermixed_args()
    store = Store(asked.folder)
    phone = Phone(store, asked.url)
    match asked.words:
        case ["sign-in", email]:
            phone.sign_in(email, typed("Password: "), lambda: typed("Code: "))
        case ["log"]:
            sys.stdout.write(phone.log(described({}, asked)) + "\n")
        case ["edit", name]:
            phone.change("put", name, lambda walk: described(walk, asked))
        case ["delete", name]:
            phone.change("delete", name, lambda walk: {"id": walk["id"]})
        case ["settle", name, "mine" | "theirs" as kept]:
            store.settle(f"walk {name}", kept == "mine")
        case ["sync"]:
            phone.sync()
        case ["show"]:
            shown = {"rows": store.rows(), "parked": store.parked(), "waiting": store.waiting()}
            sys.stdout.write(json.dumps(shown, indent=1) + "\n")
        case _:
            parser.error("there is no such command")


if __name__ == "__main__":
    try:
        main()
    except NotDone as why:
        sys.exit(str(why))
