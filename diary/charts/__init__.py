"""Which charts are there?

Each is a function of an assessment, the frames it was made from, a `Look` and the words of the
reader's language; it gives a matplotlib Figure, which `svg.svg` or `svg.png` turns into a picture.
`TABLES` has the rows of each, which are all that it draws.

Words are templates for `%`, given by the caller; a missing one is a KeyError. A space between a
number and its unit should be a no-break space. In English they read, for instance:

    no_entries: No walks with a distance yet. Log a walk, and it will show here.
    no_rests: No rests noted yet. After a walk with pain, note how you rested and for how long.
    decimal_mark: .
    date: %(day)s %(month)s %(year)s
    day_month: %(day)s %(month)s
    length_m: %(number)s m
    length_km: %(number)s km
    length_yd: %(number)s yd
    length_mi: %(number)s miles
    minutes: %(number)s min
    onset_axis_m: Distance walked, in metres
    onset_axis_km: Distance walked, in kilometres
    onset_axis_yd: Distance walked, in yards
    onset_axis_mi: Distance walked, in miles
    onset_pain: Pain came (n = %(n)s)
    onset_pain_free: Whole walk without pain (n = %(n)s)
    onset_beyond: Without pain, longer than shown (n = %(n)s)
    onset_median: Typical distance: %(median)s
    onset_median_interval: Typical distance: %(median)s (95 %% interval %(low)s to %(high)s)
    onset_median_now: Typical distance now: %(median)s
    onset_median_now_interval: Typical distance now: %(median)s (95 %% interval %(low)s to %(high)s)
    onset_pain_says: %(day)s: pain came after %(distance)s
    onset_pain_free_says: %(day)s: walked %(distance)s without pain
    change_says: %(name)s: %(day)s
    change_says_until: %(name)s: %(day)s to %(until)s
    relief_axis: Minutes from stopping until the pain went
    relief_within: 10 minutes
    relief_gone: Gone (n = %(n)s)
    relief_eased: Eased (n = %(n)s)
    relief_beyond: Longer than shown (n = %(n)s)
    relief_stayed: Still there (n = %(n)s)
    relief_lane: %(posture)s, n = %(n)s
    relief_median: typical %(minutes)s
    relief_untimed: %(n)s without a time
    relief_gone_says: %(day)s, %(posture)s: gone after %(minutes)s
    relief_eased_says: %(day)s, %(posture)s: eased after %(minutes)s
    relief_stayed_says: %(day)s, %(posture)s: still there
    posture_not_recorded: Posture not noted

and `month_1` to `month_12` (short), `posture_` and `change_` with each posture and kind of change
(at most 24 letters are shown on a phone, 32 on a page).
"""

from __future__ import annotations

from diary.charts import onset, relief, table

CHARTS = {onset.NAME: onset.figure, relief.NAME: relief.figure}
TABLES = {onset.NAME: table.onset_rows, relief.NAME: table.relief_rows}
