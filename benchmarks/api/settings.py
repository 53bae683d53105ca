"""With which settings is the API measured? The tests', and the twin besides."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "rest_framework.authtoken", "benchmarks.api.twin"]
DATABASE_ROUTERS = ["benchmarks.api.twin.apps.TablesByHand"]
ROOT_URLCONF = "benchmarks.api.urls"
# A database of this run's own, made and removed by it.
DATABASES["default"].setdefault("TEST", {"NAME": f"waymark_benchmark_{os.getpid()}"})
