"""A site that can be out of reach: a port in front of it that nobody answers while it is cut."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

CHUNK = 65_536


class Line:
    """Passes bytes on to a site until it is cut: then connections end, and no more are taken."""

    def __init__(self, site_url: str):
        site = urlsplit(site_url)
        self.site = (site.hostname, site.port)
        self.ends: list[socket.socket] = []
        self.door: socket.socket | None = None
        self.port = 0
        self.join()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def join(self) -> None:
        self.door = socket.create_server(("127.0.0.1", self.port))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._open, args=[self.door], daemon=True).start()

    def cut(self) -> None:
        for end in (self.door, *self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.ends.clear()

    def _open(self, door: Any) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection(self.site)
                self.ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=[one, other], daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(CHUNK):
                other.sendall(said)
            other.shutdown(socket.SHUT_WR)
