"""From how many walks, and for how long, does a diary tell something?

Read by the analyses that count and by the sentences that say what is still missing.
"""

from __future__ import annotations

# No word on consistency below five onsets, 'consistent' from eight on (simulated: fewer would let
# one in seven random patterns pass).
LEAST_ONSETS, LEAST_CONSISTENT = 5, 8
# Without an entry for this long a page no longer shows how things are (judgement).
OLD_DAYS = 10
# Before and after a change: so many days on either side (judgement: a treatment shows within two
# months or not in a diary), and so many onsets (medians of fewer differ by chance as much as most
# treatments do: clinical evidence base 4.6).
AROUND_DAYS, AROUND_LEAST = 60, 5
# Before a difference between two periods is named: so many onsets on so many days in each, entries
# on this share of its days, and the last of them at most so many days before its end (safety and
# security, 5.2: a provisional minimum, for a clinical safety officer to review).
COMPARED_ONSETS, COMPARED_DAYS, COMPARED_SHARE, COMPARED_SILENT_DAYS = 6, 4, 0.6, 7
# The smallest differences that matter to people with claudication, in metres of functional walking
# distance on a treadmill, about 100 patients (the same section).
SHORTER_M, LONGER_M = 120, 250
# Less pain beside less walking: so much less of all walks with pain, or so many points less of ten,
# which is about what people notice (clinical evidence base 2.5); and at most this share of what was
# walked on a day before. The shares are judgement: the sentence is a caution, and not a finding.
LESS_PAIN_SHARE, LESS_PAIN_SCORE, LESS_WALKED_RATIO = 0.2, 2.0, 0.75
