"""Is every file that others wrote the one that its maker published, with its licence beside it?"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[2] / "diary" / "static" / "vendor"
FILES = json.loads((VENDOR / "vendor.json").read_text())


@pytest.mark.parametrize("file", FILES, ids=[each["name"] for each in FILES])
def test_a_vendored_file_is_as_it_was_published(file):
    path = VENDOR / file["file"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"]
    assert [*path.parent.glob("LICENSE*")]


def test_no_file_of_others_is_unnamed():
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    code = {name for name in found if not name.endswith(("vendor.json", "LICENSE", "LICENSE.md"))}
    assert code == {file["file"] for file in FILES}
