"""Which words stand for the codes of a pattern, its questionnaires, and what may play a part?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

EDINBURGH = {
    "definite": gettext_lazy(
        "Your entries match the Edinburgh questionnaire's definite claudication pattern (calf)."
    ),
    "atypical": gettext_lazy(
        "Your entries match the Edinburgh questionnaire's atypical claudication pattern (thigh or "
        "buttock)."
    ),
    "negative": gettext_lazy(
        "Your entries do not match the Edinburgh questionnaire's pattern. Many people with "
        "narrowed arteries do not match it either."
    ),
    "insufficient_data": gettext_lazy(
        "The Edinburgh questionnaire cannot be answered from your entries yet."
    ),
}
LEGS = {
    "no_pain": gettext_lazy("no pain recorded on walks"),
    "pain_on_exertion_and_rest": gettext_lazy(
        "pain on walks, and also when standing still, sitting or lying"
    ),
    "non_calf": gettext_lazy("pain on walks, not in the calf"),
    "atypical_calf": gettext_lazy("calf pain on walks, unlike classic claudication"),
    "classic_claudication": gettext_lazy(
        "calf pain on walks that matches the questionnaire's classic pattern"
    ),
    "insufficient_data": gettext_lazy("not enough recorded yet"),
}
LEANINGS = {
    "vascular": gettext_lazy(
        "Where and how the pain eased leans towards the blood vessels rather than the spine."
    ),
    "neurogenic": gettext_lazy(
        "Where and how the pain eased leans towards the nerves of the spine rather than the "
        "blood vessels."
    ),
    "both": gettext_lazy(
        "Some entries lean towards the blood vessels and some towards the nerves of the spine."
    ),
    "undetermined": gettext_lazy(
        "What was recorded of posture and place does not lean either way."
    ),
}
PARTS = {
    "calf_or_shin": gettext_lazy("calf or shin"),
    "buttock_or_thigh": gettext_lazy("buttock or thigh"),
    "ankle_or_foot": gettext_lazy("ankle or foot"),
}
FACTORS = {
    "smoking": gettext_lazy("Smoking"),
    "excess_weight": gettext_lazy("Body weight"),
    "diabetes": gettext_lazy("Diabetes"),
    "age": gettext_lazy("Age"),
    "footwear": gettext_lazy("Footwear"),
    "load_spike": gettext_lazy("A sudden longer walk or a new activity"),
    "posture": gettext_lazy("Posture: sitting or bending forward eases the pain"),
    "no_warm_up": gettext_lazy("No stretching before walks"),
    "fluoroquinolone": gettext_lazy("A fluoroquinolone antibiotic"),
    "pregnancy": gettext_lazy("Pregnancy"),
    "immobility": gettext_lazy("Surgery, bed rest or a long journey"),
}
