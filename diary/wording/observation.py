"""What is asked of the next walk, and why?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from diary.wording import cards, causes

RECORD = {
    "walks": gettext_lazy("Log your next walks, also the ones without pain."),
    "pain_or_not": gettext_lazy("Say for each walk whether your leg hurt."),
    "onset_distance": gettext_lazy("Note after how far the pain comes."),
    "relief_and_posture": gettext_lazy(
        "When it hurts, rest, and note how you rested and after how long it eased."
    ),
    "rest_standing": gettext_lazy(
        "When it hurts, stand still first, and note whether that is enough for it to ease."
    ),
    "pain_on_standing": gettext_lazy(
        "Note whether standing still, without walking, brings the pain on."
    ),
    "site": gettext_lazy("Mark where on the body it hurts."),
    "side": gettext_lazy("Note which leg hurts."),
    "spread": gettext_lazy("Note where else the pain runs."),
    "course_while_walking": gettext_lazy(
        "After a walk on which you went on with the pain, note what it did."
    ),
    "qualities": gettext_lazy("Note what the pain feels like."),
    "check_in_signs": gettext_lazy("Fill in a check-in, also on a day without a walk."),
    "morning_stiffness": gettext_lazy("Note in a check-in how long you are stiff in the morning."),
    "pain_at_rest": gettext_lazy("Note in a check-in whether it hurts at rest."),
    "onset_sudden_or_gradual": gettext_lazy(
        "Note whether the pain comes all at once or bit by bit."
    ),
    "walk_uphill_or_fast": gettext_lazy(
        "If you do walk uphill or faster one day, note the ground and the pace."
    ),
    "ankle_pressure": gettext_lazy(
        "Ask your nurse or doctor whether an ankle-brachial index would help, and note its value."
    ),
    "profile": gettext_lazy("Fill in your profile: year of birth, smoking, known conditions."),
}
WHY = {
    "nothing_recorded": gettext_lazy("Nothing is recorded yet."),
    "too_few_onsets": gettext_lazy("A pattern takes more walks on which the pain came."),
    "onset_not_recorded": gettext_lazy("Without it nobody can see whether the pain is regular."),
    "pain_not_recorded": gettext_lazy("A walk without pain says as much as one with it."),
    "relief_not_recorded": gettext_lazy("How pain eases tells its causes apart best."),
    "separates_leading_causes": gettext_lazy("It would tell these apart: %s."),
    "for_the_clinician": gettext_lazy("It would tell most to whoever you share this with."),
    "supports_leading_cause": gettext_lazy("It would say most about this one: %s."),
}


def next_walk(observation: dict[str, Any] | None) -> tuple[str, str]:
    """What to record next, and why; both empty where nothing would tell more."""
    if observation is None:
        return "", ""
    why = str(WHY[observation["why"]])
    names = cards.listed(str(causes.NAMES.get(code, code)) for code in observation["separates"])
    return str(RECORD[observation["record"]]), why % names if "%s" in why else why
