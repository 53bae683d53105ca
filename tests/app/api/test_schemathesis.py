"""Does the API keep to its description, whatever is sent to it, and by whomever?"""

from __future__ import annotations

import pytest
import schemathesis
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.app.api.conftest import token_of
from tracker_site.wsgi import application

pytestmark = pytest.mark.django_db
# Not checked: that whatever fits the schema is taken. Rules that tie fields together, and the
# revision of what is stored, are in no schema.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
schema = schemathesis.openapi.from_wsgi("/api/schema/", application)


@pytest.fixture(autouse=True)
def connections_stay_open():
    """The test's own transaction lives in its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(diary, victim, new_diary):
    return {
        "walker": token_of(victim.owner),
        "stranger": token_of(diary.owner),
        "nobody": None,
    }


def kept(case, tokens, actor):
    """One case, as one actor; the limits of one are not to answer for all."""
    caches["default"].clear()
    caches["throttle"].clear()
    headers = {"X-Session-Token": tokens[actor]} if tokens[actor] else {}
    response = case.call(headers=headers, environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    case.validate_response(response, checks=CHECKS)


def cases(of_each: int, *phases: Phase) -> settings:
    """So many chosen cases of every operation; `explicit` adds each bound and each wrong type."""
    return settings(
        max_examples=of_each,
        deadline=None,
        phases=[Phase.generate, *phases],
        suppress_health_check=list(HealthCheck),
        database=None,
    )


@schema.parametrize()
@cases(2, Phase.explicit)
def test_the_api_keeps_to_its_description(case, tokens):
    kept(case, tokens, "walker")


@schema.parametrize()
@pytest.mark.parametrize("actor", ["stranger", "nobody"])
@cases(2)
def test_the_api_keeps_to_its_description_for_others(case, tokens, actor):
    kept(case, tokens, actor)


@pytest.mark.long
@schema.parametrize()
@pytest.mark.parametrize("actor", ["walker", "stranger", "nobody"])
@cases(12, Phase.explicit)
def test_the_api_keeps_to_its_description_in_thousands_of_cases(case, tokens, actor):
    kept(case, tokens, actor)
