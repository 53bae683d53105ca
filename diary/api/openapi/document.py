"""The whole description, as /api/schema/ answers it and docs/openapi.yaml keeps it."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from django.utils import translation

from diary.api.authentication import HEADER, OWNER
from diary.api.openapi import clinic, components, operations, sharing, signing_in

ABOUT = (
    "A walking and leg-pain diary for an app on a phone. Sign in under /auth, send the token of "
    "`meta.session_token` as X-Session-Token, and hand rows in with ids of your own: sending one "
    "again changes nothing. Every failure is application/problem+json. The API describes a diary; "
    "it makes no diagnosis, and nobody is alerted by what is sent."
)

TAGS = {
    "signing in": "Who is it, on which device?",
    "sync": "What a phone sends and reads: the only two addresses that most apps need.",
    "walks": "Walks with their pain.",
    "check-ins": "How single days were, apart from the walks.",
    "changes": "What may change the pain.",
    "measurements": "What was measured in clinic or at home.",
    "routes": "Ways that the walker knows the length of.",
    "profile": "What about the walker bears on leg pain.",
    "reading": "What the diary shows, and the whole of it.",
    "article": "An article on leg pain, with what the evidence says.",
    "account": "How the person is spoken to, and where they are signed in.",
    "sharing": "Who may look at the diary, and who has looked.",
    "clinic": "For a clinician: the diaries that are shared with them.",
    "more ways of signing in": "E-mailed codes, an authenticator app, passkeys, other addresses.",
}


def description() -> dict[str, Any]:
    """The OpenAPI document, the same on every machine."""
    with translation.override("en-gb"):
        paths = {
            **signing_in.operations(),
            **operations.operations(),
            **sharing.operations(),
            **clinic.operations(),
        }
        parts = (components, sharing, clinic, signing_in)
        shapes = {name: shape for part in parts for name, shape in part.components().items()}
        return {
            "openapi": "3.1.0",
            "info": {"title": "Waymark", "version": "1", "description": ABOUT},
            "servers": [{"url": "/api/v1"}],
            "tags": [{"name": tag, "description": about} for tag, about in TAGS.items()],
            "paths": paths,
            "components": {
                "schemas": dict(sorted(shapes.items())),
                "responses": operations.problems(),
                "securitySchemes": {
                    "token": {"type": "apiKey", "in": "header", "name": HEADER},
                    "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-sessionid"},
                    "form_token": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
                    "owner": {"type": "apiKey", "in": "header", "name": OWNER},
                },
            },
        }


@cache
def text() -> str:
    """The same as YAML."""
    return str(
        yaml.dump(description(), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)
    )


class _Plain(yaml.SafeDumper):
    """Every value where it is used, without anchors; lists of words in one line."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: Any = None) -> yaml.Node:
        words = all(isinstance(each, str | int | None) for each in sequence)
        return super().represent_sequence(tag, sequence, flow_style=words)

    def ignore_aliases(self, data: Any) -> bool:
        return True
