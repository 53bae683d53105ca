#!/usr/bin/env python
"""Which command of the deployment is wanted?"""

import os
import sys

# Commands that need neither secrets nor a database run on any machine as it is.
OFFLINE = {"assess", "messages"}

if __name__ == "__main__":
    if OFFLINE.intersection(sys.argv[1:2]):
        os.environ.setdefault("WAYMARK_OFFLINE", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker_site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
