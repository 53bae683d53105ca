"""How does one person's own machine serve the site? `make run` starts this; Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOST = "127.0.0.1"
LONGEST_END_S = 10
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def serve(port: int) -> int:
    """Prepare the database, say where the site is, and serve until it is interrupted."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            print(  # noqa: T201
                f"Port {port} is taken. Choose another one, for example: PORT=8123 make run",
                file=sys.stderr,
            )
            return 1
    site = f"http://localhost:{port}"
    environment = {"WAYMARK_LOCAL": "1", "WAYMARK_DEMO": "1", "SITE_URL": site, **os.environ}
    for command in (["migrate", "--verbosity=0"], ["createcachetable"], ["purge"]):
        subprocess.run(
            [*MANAGE, *command], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
    subprocess.run([*MANAGE, "demo", "--if-empty"], env=environment, cwd=ROOT, check=True)
    print(  # noqa: T201
        f"\nWaymark is at http://localhost:{port}/ (Ctrl-C stops it; the data stay in data/).",
        flush=True,
    )
    return _served(port, environment)


def _served(port: int, environment: dict[str, str]) -> int:
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST,
            "--port", str(port), "--workers", "1", "--blocking-threads", "4",
            "--workers-kill-timeout", "10", "--log-level", "warning",
            "tracker_site.wsgi:application",
        ],
        env=environment,
        cwd=ROOT,
        start_new_session=True,
    )  # fmt: skip
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: server.terminate())
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a script started us
    worker = subprocess.Popen(
        [*MANAGE, "worker"], env=environment, cwd=ROOT, start_new_session=True
    )
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0
    finally:
        ended(worker)


def ended(worker: subprocess.Popen[bytes], within_s: float = LONGEST_END_S) -> None:
    """End the worker and all its processes, for good where they do not end by themselves.

    A worker that is told to end while it begins can wait for itself for ever. One that is killed
    loses nothing: what it had in hand is taken up again.
    """
    worker.terminate()
    try:
        worker.wait(within_s)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


if __name__ == "__main__":
    os.chdir(ROOT)
    number = os.environ.get("PORT", "8000")
    if not (number.isdigit() and 0 < int(number) < 65536):
        sys.exit(f"PORT={number} is not a port number.")
    sys.exit(serve(int(number)))
