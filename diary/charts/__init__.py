"""Which pictures of a diary are there, and what are they made from?

Each is a function of an assessment, the frames it was made from, a `Look` and the words of the
reader's language; it gives a matplotlib Figure, which `svg.svg` or `svg.png` turns into a picture.
`drawings.CHARTS` has them by name, `table.TABLES` the rows of each, which are all that it draws.
Only the drawings need Matplotlib, which takes a second to load: a page that shows the rows does
not wait for it.

Words are templates for `%`, given by the caller; a missing one is a KeyError. A space between a
number and its unit should be a no-break space. In English they read, for instance:

    no_entries: No walks with a distance yet. Log a walk, and it will show here.
    no_rests: No rests noted yet. After a walk with pain, note how you rested and for how long.
    no_places: No pain noted yet that says where it hurt.
    no_weeks: No walks yet. Log a walk, and its week will show here.
    decimal_mark: .
    date: %(day)s %(month)s %(year)s
    day_month: %(day)s %(month)s
    length_m: %(number)s m
    length_km: %(number)s km
    length_yd: %(number)s yd
    length_mi: %(number)s miles
    minutes: %(number)s min
    distance_axis_m: Distance walked, in metres
    distance_axis_km: Distance walked, in kilometres
    distance_axis_yd: Distance walked, in yards
    distance_axis_mi: Distance walked, in miles
    measured: Distance measured (n = %(n)s)
    estimated: Distance estimated (n = %(n)s)
    says_estimated: %(says)s (estimated)
    pain: Pain came (n = %(n)s)
    pain_free: Whole walk without pain (n = %(n)s)
    beyond: Without pain, longer than shown (n = %(n)s)
    pain_says: %(day)s: pain came after %(distance)s
    pain_free_says: %(day)s: walked %(distance)s without pain
    onset_median: Typical distance: %(median)s
    onset_median_interval: Typical distance: %(median)s (95 %% interval %(low)s to %(high)s)
    onset_median_now: Typical distance now: %(median)s
    onset_median_now_interval: Typical distance now: %(median)s (95 %% interval %(low)s to %(high)s)
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
    share_axis: Walks still without pain, of 100, with 95 % interval
    share: %(n)s
    share_measured: Measured distances (n = %(n)s, %(pains)s with pain)
    share_estimated: Estimated distances (n = %(n)s, %(pains)s with pain)
    share_few_measured: Measured distances (n = %(n)s): %(pains)s with pain, too few for a line
    share_few_estimated: Estimated distances (n = %(n)s): %(pains)s with pain, too few for a line
    share_at_risk: Walks that got this far:
    weeks_axis_7_km: Walked in a week, in kilometres
    weeks_axis_7_mi: Walked in a week, in miles
    weeks_axis_28_km: Walked in four weeks, in kilometres
    weeks_axis_28_mi: Walked in four weeks, in miles
    weeks_measured: measured
    weeks_estimated: estimated
    weeks_counts: numbers below the bars are walks
    weeks_range_7: walks in a week: %(least)s to %(most)s
    weeks_range_28: walks in four weeks: %(least)s to %(most)s
    weeks_without: not shown: %(n)s without a distance
    weeks_says: %(first)s to %(last)s: %(walks)s walks, %(distance)s; pain on %(pain)s
    weeks_unmeasured: %(says)s; %(n)s walks without a distance
    weeks_worst: %(says)s, worst %(worst)s
    weeks_pain_axis: Worst pain of each walk, 0 to 10
    weeks_scored: pain (n = %(n)s)
    weeks_free: no pain (n = %(n)s)
    weeks_unscored: pain, no number given (n = %(n)s)
    weeks_not_recorded: pain not noted (n = %(n)s)
    weeks_scored_says: %(day)s: worst pain %(score)s of 10
    weeks_free_says: %(day)s: no pain
    weeks_unscored_says: %(day)s: pain, no number given
    body_behind: From behind
    body_front: From the front
    body_both: both sides at once
    body_name: %(side)s %(place)s
    body_leg_left: Left
    body_leg_right: Right
    body_says: %(place)s, %(side)s: %(n)s of %(of)s pains
    body_worst: %(says)s, worst %(worst)s of 10
    body_side_left: left
    body_side_right: right
    body_side_both: both sides
    body_side_not_recorded: side not noted
    body_unsided: Side not noted: %(places)s
    body_unplaced: Place not noted: %(n)s of %(of)s pains
    body_count: %(place)s %(n)s
    lane: %(lane)s (n = %(n)s)
    lane_worst: worst pain %(worst)s of 10
    lane_unmeasured: %(n)s without a distance
    lane_pain_says: %(day)s, %(lane)s: pain after %(distance)s
    lane_pain_free_says: %(day)s, %(lane)s: %(distance)s without pain
    legs_left: Left leg
    legs_right: Right leg
    legs_both: Both legs at once
    legs_not_recorded: Leg not noted
    legs_pain_free: Walks without pain
    legs_none: %(leg)s: no pain recorded
    legs_none_alone: %(leg)s: no pain recorded of it alone
    pace_heading: By pace
    pace_slow: Slow
    pace_ordinary: Ordinary pace
    pace_brisk: Brisk
    pace_not_recorded: Pace not noted
    ground_heading: By slope
    ground_level: Level
    ground_uphill: Uphill or stairs
    ground_not_recorded: Slope not noted

and `month_1` to `month_12` (short), `posture_`, `change_` and `site_` with each posture, kind of
change and place.
"""
