"""Which charts are there?"""

from __future__ import annotations

from diary.charts import body, legs, onset, pace, pain_free, relief, weeks

CHARTS = {chart.NAME: chart.figure for chart in (onset, pain_free, weeks, body, legs, relief, pace)}
