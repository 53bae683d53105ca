"""What is odd about a walk that may be kept all the same?

The walker is asked once, with these codes, and nothing is refused; `wording` has the sentences.
"""

from __future__ import annotations

from diary.rules import Fault, Row

# Walking speeds outside these are questioned, never refused.
SLOWEST_M_S, FASTEST_M_S = 0.1, 3.0
# So are walks and rests beyond these, and an onset that is no step long: slips of the hand and of
# the unit are more common there than such walks (judgement).
SHORTEST_USUAL_M, FURTHEST_USUAL_M, LONGEST_USUAL_S = 5, 20_000, 6 * 3600
LONGEST_USUAL_RELIEF_S, STEP_M = 3600, 0.5


def questions(walk: Row) -> list[Fault]:
    """What is odd about a walk that may be kept all the same: asked once, never refused.

    Takes a checked walk.
    """
    odd = []
    distance_m, duration_s = walk["distance_m"], walk["duration_s"]
    if distance_m is not None and not SHORTEST_USUAL_M <= distance_m <= FURTHEST_USUAL_M:
        odd.append(Fault("distance_m", "odd_distance", {"length_m": distance_m}))
    if duration_s is not None and duration_s > LONGEST_USUAL_S:
        odd.append(Fault("duration_s", "odd_duration", {"time_s": duration_s}))
    if distance_m and duration_s:
        speed = distance_m / duration_s
        if not SLOWEST_M_S <= speed <= FASTEST_M_S:
            odd.append(Fault("duration_s", "odd_speed", {"km_h": round(speed * 3.6, 1)}))
    for index, episode in enumerate(walk["pain"] or ()):
        here = f"pain[{index}]"
        relief_s, rest_s = episode["relief_s"], episode["rest_s"]
        stopped_m, onset_m = episode["stopped_distance_m"], episode["onset_distance_m"]
        if onset_m is not None and 0 < onset_m < STEP_M:
            odd.append(Fault(f"{here}.onset_distance_m", "odd_onset", {"length_m": onset_m}))
        if relief_s is not None and relief_s > LONGEST_USUAL_RELIEF_S:
            odd.append(Fault(f"{here}.relief_s", "odd_relief", {"time_s": relief_s}))
        if duration_s is not None and (episode["onset_s"] or 0) > duration_s:
            odd.append(Fault(f"{here}.onset_s", "onset_time_after_end"))
        if relief_s is not None and rest_s is None and episode["rest_posture"] is None:
            odd.append(Fault(f"{here}.relief_s", "relief_without_rest"))
        if relief_s is not None and rest_s is not None and relief_s > rest_s:
            odd.append(Fault(f"{here}.relief_s", "relief_longer_than_rest"))
        if duration_s is not None and rest_s is not None and rest_s > duration_s:
            odd.append(Fault(f"{here}.rest_s", "rest_longer_than_walk"))
        if stopped_m is not None and distance_m is not None and stopped_m > distance_m:
            odd.append(Fault(f"{here}.stopped_distance_m", "stop_after_end"))
        if stopped_m is not None and onset_m is not None and stopped_m < onset_m:
            odd.append(Fault(f"{here}.stopped_distance_m", "stop_before_onset"))
    return odd
