"""With which settings do the tests run? The deployment's, on one machine, with quick passwords."""

import os
import tempfile

os.environ.setdefault("WAYMARK_LOCAL", "1")
os.environ.setdefault("WAYMARK_DEMO", "1")
os.environ.setdefault("WAYMARK_DATA", tempfile.mkdtemp(prefix="waymark-tests-"))

from tracker_site.settings import *  # noqa: F403
from tracker_site.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because the live server's threads and the test share it.
    DATABASES["default"]["TEST"] = {
        "NAME": os.path.join(os.environ["WAYMARK_DATA"], "test.sqlite3")
    }
