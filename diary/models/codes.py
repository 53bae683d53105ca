"""What opens a share: how is a secret made, kept and read?"""

from __future__ import annotations

import hashlib
import secrets

CODE_TRIES = 5
# Letters and digits that are not mistaken for each other when they are read out.
CLEAR = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
HANDLE_LENGTH, SECRET_LENGTH = 4, 6


def hashed(secret: str) -> str:
    """A secret as it is kept: one that is 256 bits long, or lives ten minutes, needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def letters(count: int) -> str:
    """So many of them, at random."""
    return "".join(secrets.choice(CLEAR) for _ in range(count))


def code_parts(code: str) -> tuple[str, str] | None:
    """The handle and the secret of a code as somebody types it; None where it cannot be one."""
    clear = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(clear) != HANDLE_LENGTH + SECRET_LENGTH or set(clear) - set(CLEAR):
        return None
    return clear[:HANDLE_LENGTH], clear[HANDLE_LENGTH:]
