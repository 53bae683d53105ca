"""What would plain thresholds on the raw onsets say, with no model of anything?"""

from __future__ import annotations

from typing import Any

import numpy as np

Row = dict[str, Any]
EMERGENCY = {"pale_or_blue": "acute_limb_ischaemia", "cold_foot": "acute_limb_ischaemia"}
EMERGENCY |= {"saddle_numbness": "cauda_equina", "bladder_or_bowel_change": "cauda_equina"}
EMERGENCY |= {"breathlessness": "pulmonary_embolism", "chest_pain": "cardiac_symptoms"}
SITES = {"calf": "peripheral_artery_disease", "back_of_thigh": "hamstring_strain"}
SITES |= {"achilles": "achilles_tendinopathy", "buttock": "sciatica", "lower_back": "sciatica"}
CAUSES = (*dict.fromkeys(SITES.values()), "muscle_imbalance")


def onset_part(onsets_m: list[float]) -> Row:
    part: Row = dict.fromkeys(("median_m", "low_m", "high_m", "variation"))
    part |= {"status": "insufficient_data", "driver": "unknown", "trend": {"direction": "unknown"}}
    part |= {"onsets": len(onsets_m), "censored": 0}
    if len(onsets_m) < 3:
        return part
    cv = float(np.std(onsets_m, ddof=1) / max(np.mean(onsets_m), 1.0))
    median_m = float(np.median(onsets_m))
    half = 2 * cv / len(onsets_m) ** 0.5
    part |= {"median_m": median_m, "variation": cv, "low_m": median_m / (1 + half)}
    status = "consistent" if cv <= 0.35 else "inconsistent"
    return part | {"high_m": median_m * (1 + half), "status": status}


def naive(document: Row) -> Row:
    pains = [walk["pain"][0] for walk in document["walks"] if walk.get("pain")]
    onset = onset_part(
        [p["onset_distance_m"] for p in pains if p.get("onset_distance_m") is not None]
    )
    postures = [p.get("rest_posture") for p in pains if p.get("relief") == "complete"]
    seated = sum(p in ("sitting", "bending_forward") for p in postures)
    leaning = "neurogenic" if seated > postures.count("standing") else "vascular"
    sites = [SITES.get(p["site"], "muscle_imbalance") for p in pains if p.get("site")]
    sites = sites or ["muscle_imbalance"]
    share = {cause: sites.count(cause) / len(sites) for cause in CAUSES}
    signs = {sign for row in document["check_ins"] for sign in row.get("signs") or []}
    flags = [{"flag": EMERGENCY[s], "urgency": "emergency"} for s in signs & EMERGENCY.keys()]
    rows = [
        {"cause": cause, "weight": part, "support": "moderate" if part > 0.5 else "weak"}
        for cause, part in sorted(share.items(), key=lambda item: -item[1])
    ]
    claudication = "present" if onset["status"] == "consistent" else "absent"
    pattern = {"claudication": claudication, "leaning": leaning if postures else "undetermined"}
    pattern["edinburgh"] = {"result": "insufficient_data"}
    return {"onset": onset, "pattern": pattern, "causes": rows, "flags": flags}
