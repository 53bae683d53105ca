"""How is the guide to the API read: its commands, its answers, and what is made from the code?

docs/api.md holds exchanges: a block `sh` with the commands that a reader pastes, above a block
`http` with the answer. A block `http` by itself answers the request before, sent once more, and
`http only title, current.revision` is an excerpt. Tables stand between `<!-- made: errors -->` and
`<!-- /made -->`.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.test import Client

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "api.md"
SITE = "http://localhost:8000"
CURL = "curl/8.5.0"
WIDTH = 96
# What is worth showing of an answer's headers, and a media type that is not worth it.
SHOWN = ("Location", "ETag", "Retry-After", "Content-Type")
ORDINARY = "json"
LEFT_OUT = "…"
# What is another one each time: a token, the part of an ETag that names our methods.
TOKEN = "3kq0v8c1n5x7z2m4b6t9r0w8y1h5j7d2"
EDITION = (re.compile(r"-[0-9a-f]{12}\b"), "-0a1b2c3d4e5f")
FENCED = r"(?:(?!```).)*"
EXCHANGE = re.compile(
    rf"(?:```sh\n(?P<commands>{FENCED})```\n)?"
    rf"```http(?: only (?P<only>[^\n]+))?\n(?P<answer>{FENCED})```\n",
    re.DOTALL,
)
MADE = re.compile(r"(?P<open><!-- made: (?P<name>[^\n]+) -->\n).*?(?P<close><!-- /made -->)", re.S)


@dataclass(frozen=True)
class Exchange:
    """Commands of the guide, and what is shown of the answer."""

    commands: str  # none: the last request again
    only: tuple[str, ...]  # the members that are shown, by path; none: all


def exchanges(text: str) -> Iterator[Exchange]:
    """Every exchange, in the order in which a reader comes to it."""
    for found in EXCHANGE.finditer(text):
        only = tuple(path.strip() for path in (found["only"] or "").split(",") if path)
        yield Exchange(found["commands"] or "", only)


def answered(text: str, answers: Iterable[str]) -> str:
    """The guide with other answers, in its order."""
    given = iter(answers)

    def renewed(found: re.Match[str]) -> str:
        before = found[0][: found.start("answer") - found.start()]
        return f"{before}{next(given)}```\n"

    return EXCHANGE.sub(renewed, text)


def made(text: str, tables: dict[str, Callable[[], str]]) -> str:
    """The guide with its tables made anew."""
    return MADE.sub(lambda found: found["open"] + tables[found["name"]]() + found["close"], text)


def outside(text: str) -> str:
    """What is left of the guide without its exchanges."""
    return EXCHANGE.sub("", text)


def _curl() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("curl")
    for flag in ("-s", "-i"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("-X", default="")
    parser.add_argument("-H", action="append", default=[])
    parser.add_argument("-A", default=CURL)
    parser.add_argument("-D", default="")
    parser.add_argument("-o", default="")
    parser.add_argument("-d", "--data-binary")
    parser.add_argument("url")
    return parser


SECONDS = count(1_000_000_000)


class Shell:
    """A reader's shell in a folder of its own, whose `curl` asks the site of the test."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.variables: dict[str, str] = {}
        self.last: list[str] = []

    def answer_to(self, exchange: Exchange) -> str:
        """What the exchange's one request is answered, laid out for reading."""
        answers = [told for each in statements(exchange.commands) if (told := self._run(each))]
        if not exchange.commands:
            answers = [self._asked(self.last)]
        assert len(answers) == 1, f"one exchange is one request: {exchange.commands}"
        asked, response = answers[0]
        return laid_out_answer(response, exchange.only, with_body=not asked.o)

    def _run(self, statement: str) -> tuple[argparse.Namespace, Any] | None:
        if name := re.match(r"([A-Z]+)=", statement):
            clock = f"date() {{ echo {next(SECONDS)}; }}"  # no two readings are alike
            told = f'{clock}\n{statement}\nprintf %s "${name[1]}"'
            done = subprocess.run(
                ["sh", "-euc", told],
                cwd=self.folder,
                env={"PATH": "/usr/bin:/bin", **self.variables},
                capture_output=True,
                text=True,
                check=True,
                timeout=10,
            )
            assert done.stdout, f"{statement} finds nothing"
            self.variables[name[1]] = done.stdout
            return None
        for word in shlex.split(statement, posix=False):
            assert "?" not in word or word[0] in "\"'", f"zsh wants quotes around {word}"
        self.last = [self._expanded(word) for word in shlex.split(statement)]
        return self._asked(self.last)

    def _expanded(self, word: str) -> str:
        return re.sub(r"\$([A-Z]+)", lambda found: self.variables[found[1]], word)

    def _asked(self, words: list[str]) -> tuple[argparse.Namespace, Any]:
        """Ask as curl does: form data unless told otherwise, POST with data, GET without."""
        assert words[0] == "curl", f"{words[0]} is not known here"
        words, file = (words[1:-3], words[-1]) if words[-3:-1] == ["|", "tee"] else (words[1:], "")
        asked = _curl().parse_args(words)
        assert asked.s, "curl without -s draws a meter"
        assert asked.i or asked.D == "-", "the answer's status and headers are shown"
        assert asked.url.startswith(f"{SITE}/"), asked.url
        data = asked.data_binary
        body = (self.folder / data[1:]).read_bytes() if (data or "").startswith("@") else data or ""
        headers = dict(line.split(": ", 1) for line in asked.H)
        kind = headers.pop("Content-Type", "application/x-www-form-urlencoded" if data else "")
        response = Client(raise_request_exception=False).generic(
            asked.X or ("POST" if data else "GET"),
            asked.url.removeprefix(SITE),
            body,
            kind,
            headers={"User-Agent": asked.A, **headers},
            SERVER_NAME="localhost",
            SERVER_PORT="8000",
        )
        if asked.o:
            (self.folder / asked.o).write_bytes(response.content)
        if file:
            (self.folder / file).write_bytes(response.content)
        return asked, response


def statements(commands: str) -> Iterator[str]:
    """The commands of a block, each whole however many lines it takes."""
    held = ""
    for line in commands.splitlines(keepends=True):
        held += line
        try:
            shlex.split(held)
        except ValueError:  # within quotes
            continue
        if not held.endswith("\\\n") and held.strip():
            yield held.replace("\\\n", " ").strip()
            held = ""
    assert not held.strip(), f"{held} does not end"


def laid_out_answer(response: Any, only: tuple[str, ...], with_body: bool) -> str:
    """An answer with what changes from run to run replaced by what does not."""
    lines = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}"]
    for name in SHOWN:
        if name in response and not (name == "Content-Type" and ORDINARY in response[name]):
            lines.append(f"{name}: {EDITION[0].sub(EDITION[1], response[name])}")
    if with_body and response.content:
        body = steady(json.loads(response.content))
        lines += ["", laid_out(excerpt(body, only))]
    return "\n".join(lines) + "\n"


def steady(value: Any) -> Any:
    """Plain values with stand-ins for tokens and for the numbers of people and devices."""
    if isinstance(value, list):
        return [steady(each) for each in value]
    if not isinstance(value, dict):
        return value
    same = {name: steady(each) for name, each in value.items()}
    if "session_token" in same:
        assert re.fullmatch(r"[a-z0-9]{32}", same["session_token"])
        same["session_token"] = TOKEN
    if isinstance(same.get("id"), int):
        same["id"] = 1 if same.get("this_device", True) else 2
    return same


def excerpt(whole: Any, only: Iterable[str]) -> Any:
    """The members of these paths, and a mark where others were left out; of lists, of each."""
    wanted: dict[str, list[str]] = {}
    for path in only:
        name, _dot, rest = path.partition(".")
        wanted.setdefault(name, []).extend([rest] if rest else [])
    if not wanted:
        return whole
    if isinstance(whole, list):
        return [excerpt(each, [path for path in only if _has(each, path)]) for each in whole]
    kept = {name: excerpt(whole[name], rest) for name, rest in wanted.items()}
    return kept if len(kept) == len(whole) else {**kept, LEFT_OUT: LEFT_OUT}


def _has(value: Any, path: str) -> bool:
    """Whether there is such a member; the items of a list need not be alike."""
    return path.partition(".")[0] in value


def laid_out(value: Any, column: int = 0) -> str:
    """JSON in one line where it fits; else short members of an object beside each other."""
    flat = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, dict | list) or column + len(flat) < WIDTH:
        return flat
    parts: list[str] = []
    if isinstance(value, list):
        parts = [laid_out(each, column + 1) for each in value]
    else:
        for name, each in value.items():
            named = json.dumps(name, ensure_ascii=False) + ": "
            part = named + laid_out(each, column + 1 + len(named))
            last = parts[-1] if parts else "\n"
            if "\n" in last + part or column + len(last) + len(part) + 4 > WIDTH:
                parts.append(part)
            else:
                parts[-1] += ", " + part
    lines = (",\n" + " " * (column + 1)).join(parts)
    return f"[{lines}]" if isinstance(value, list) else f"{{{lines}}}"
