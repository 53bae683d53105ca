"""How is a slice served? Through the whole WSGI application, with the clock on that alone."""

from __future__ import annotations

import gc
import time
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from benchmarks.api.accounts import Account, last_rows, tidied
from benchmarks.api.operations import Operation
from benchmarks.api.timing import Costs, Slice, in_turn


class Server:
    """The application with its accounts."""

    def __init__(self, accounts: dict[int, Account]):
        self.application, self.factory = WSGIHandler(), RequestFactory()
        self.accounts, self.last = accounts, last_rows()

    def costs(self, operation: Operation, rounds: int) -> Costs:
        in_turn(1, lambda each: self.slice_ms(operation, each))  # warms up
        return in_turn(rounds, lambda each: self.slice_ms(operation, each))

    def slice_ms(self, operation: Operation, each: Slice) -> float:
        """CPU milliseconds of one request; raises WrongAnswer."""
        whose, walks = each
        environs = self._environs(operation, whose, self.accounts[walks])
        tidied(self.last)
        gc.collect()
        began = time.process_time()
        answers = [self._answered(environ) for environ in environs]
        spent = time.process_time() - began
        for status, body in answers:
            operation.check(whose, status, body)
        return spent / len(environs) * 1000

    def _environs(self, operation: Operation, whose: str, account: Account) -> list[Any]:
        call, headers = operation.calls[whose], account.headers(whose)
        new, path = operation.new_walks(), account.place(call.path)
        return [
            self.factory.generic(
                call.method, path, call.encoded(new, account.newest), "application/json",
                headers={"host": "localhost", **headers},
            ).environ
            for _ in range(operation.times)
        ]  # fmt: skip

    def _answered(self, environ: dict[str, Any]) -> tuple[int, bytes]:
        said = []
        response = self.application(environ, lambda status, headers: said.append(status))
        body = b"".join(response)
        response.close()
        return int(said[0][:3]), body
