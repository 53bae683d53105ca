"""Does `make run` serve a site with demo people, say what is wrong, and stop without a trace?"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

import run_local

LONGEST_START_S = 60
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(port: int, folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PORT": str(port), "WAYMARK_DATA": str(folder)}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "run_local.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def page_of(site: subprocess.Popen[str], address: str) -> bytes:
    """The page at an address, as soon as the site answers; fails where the site ends first."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + LONGEST_START_S
    while time.monotonic() < deadline:
        try:
            return opener.open(address, timeout=10).read()
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                pytest.fail(f"the site ended with {site.wait(timeout=0.1)}")
    pytest.fail("the site did not answer")


def said_until(site: subprocess.Popen[str], text: str, within_s: float = LONGEST_START_S) -> str:
    """What the site prints up to the line that has a text; fails where none has it in time."""
    lines: SimpleQueue[str] = SimpleQueue()
    assert site.stdout is not None
    reader = threading.Thread(target=lambda printed: [*map(lines.put, printed)], args=[site.stdout])
    reader.daemon = True
    reader.start()
    said, deadline = "", time.monotonic() + within_s
    while text not in said:
        try:
            said += lines.get(timeout=max(deadline - time.monotonic(), 0))
        except Empty:
            pytest.fail(f"{text} was not said, but: {said}")
    return said


def test_the_site_is_served_until_it_is_interrupted_and_keeps_its_data(tmp_path):
    port = free_port()
    for _ in range(2):
        with started(port, tmp_path) as site:
            try:
                said = said_until(site, f"http://localhost:{port}/")
                assert "vera@demo.example" in said
                page = page_of(site, f"http://127.0.0.1:{port}/help/")
                assert b"When to get help" in page
                site.send_signal(signal.SIGINT)
                assert site.wait(timeout=30) == 0
            finally:
                site.terminate()
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_worker_that_does_not_end_is_ended_with_all_its_processes():
    ignored = "import signal, time; signal.signal(15, signal.SIG_IGN)"
    deaf = f"{ignored}; print('deaf'); time.sleep(3); print('alive')"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-uc', {deaf!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", f"{ignored}; {both}"],
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"deaf\n"
        run_local.ended(worker, within_s=0.1)
        assert worker.returncode == -signal.SIGKILL
        assert worker.stdout.read() == b""


def test_waiting_for_words_that_are_never_said_comes_to_an_end():
    quiet = [sys.executable, "-uc", "import time; print('another address'); time.sleep(60)"]
    with subprocess.Popen(quiet, stdout=subprocess.PIPE, text=True) as site:
        try:
            with pytest.raises(pytest.fail.Exception, match="was not said, but: another address"):
                said_until(site, "http://localhost:8000/", within_s=3)
        finally:
            site.kill()


def test_a_port_that_is_taken_gets_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with started(taken.getsockname()[1], tmp_path) as site:
            said, _ = site.communicate(timeout=60)
            assert site.returncode == 1
    assert "is taken. Choose another one" in said


def test_a_port_that_is_no_number_gets_a_sentence(tmp_path):
    environment = {**os.environ, "PORT": "lots", "WAYMARK_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "run_local.py"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "not a port number" in done.stderr
