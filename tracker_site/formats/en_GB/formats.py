"""How are days and times written in English? Other languages write them as Django knows."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
