"""What do the article and the evidence say of leg pain on walking and of its five causes?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Code: what the article says, and what the evidence says where it goes further or is newer.
TEXTS = {
    "introduction": (
        _(
            "The article is about pain at the back of the leg that comes with walking. It says "
            "that such pain can be slight or can spoil everyday life, and that knowing the cause "
            "is the way to the right treatment. It names five causes and answers fourteen "
            "questions."
        ),
        _(
            "There are more than five causes, and one leg can hurt for two reasons at once. "
            "Among people whose leg arteries were found narrowed, fewer than one in three had "
            "the classic pattern of pain that comes with walking and goes with rest. So a diary "
            "without that pattern cannot rule anything out. Leg pain that keeps coming on with "
            "walking is worth an appointment at any age; it is not just a part of growing old."
        ),
    ),
    "hamstring_strain": (
        _(
            "The article puts a strained hamstring first: a muscle at the back of the thigh that "
            "was overused or pulled too far, in running, jumping or a sudden movement. It speaks "
            "of pain with swelling or tenderness."
        ),
        _(
            "Most strains begin in one moment that people remember, with pain in the back of the "
            "thigh that hurts to press and to stretch. Tingling, or pain that began without such "
            "a moment, points elsewhere, often to the back. Recovery takes days to months, and a "
            "scan tells little of how long. After a few days of care, early gentle movement "
            "helps more than long rest. A pop, a large bruise or a leg that cannot be used needs "
            "to be seen the same day. No answer in a diary was found to settle this by itself."
        ),
    ),
    "sciatica": (
        _(
            "The article says that the sciatic nerve can be pressed or irritated on its way from "
            "the lower back, by a slipped disc, by a narrowed spine or in pregnancy, and that "
            "walking can make the pain, numbness or tingling worse."
        ),
        _(
            "The three are told apart by posture. With a narrowed spine, standing and walking "
            "bring the pain on, and sitting or bending forward eases it, often in both legs. "
            "With a slipped disc, sitting and bending are often worse, and the pain runs below "
            "the knee. In pregnancy most back and pelvic pain is not sciatica, and one swollen "
            "leg must be looked at for a clot first. Pain after a repeatable distance also comes "
            "from a narrowed spine: distance alone does not tell it from the arteries. Numbness "
            "between the legs, or new trouble with bladder or bowel, is an emergency."
        ),
    ),
    "peripheral_artery_disease": (
        _(
            "The article says that narrowed arteries bring too little blood to the legs, so that "
            "they hurt, cramp or tire with activity, and that the pain goes with rest and comes "
            "back on walking."
        ),
        _(
            "That classic pattern is the smaller part of it: many people with narrowed leg "
            "arteries feel something else on walking, or nothing. Calf pain that is gone within "
            "ten minutes of standing still fits best. Smoking and diabetes are the strongest "
            "risks. History alone can neither show it nor rule it out; the pulses in the feet "
            "and the pressure at the ankle can. It also warns of trouble in the heart and brain, "
            "so that finding it matters. A foot that is suddenly cold, pale or numb is an "
            "emergency; a sore that does not heal, or pain in the foot at night, needs to be "
            "seen the same day."
        ),
    ),
    "achilles_tendinopathy": (
        _(
            "The article calls it Achilles tendonitis: the tendon at the back of the ankle "
            "inflamed by overuse, with pain on walking, swelling or stiffness. It blames the "
            "wrong shoes and sudden increases in activity."
        ),
        _(
            "It is now called Achilles tendinopathy (often called tendonitis), because the "
            "tendon is often not inflamed. The first steps hurt, it warms up on the way, and it "
            "is stiff in the morning: the opposite of pain that comes after a distance. One "
            "session much longer than any of the last month is a clearer risk than the week's "
            "total. Certain antibiotics (fluoroquinolones) can harm tendons: a prescriber needs "
            "to know at the first tendon pain. Loading the calf little by little for twelve "
            "weeks or more is the first treatment, rather than rest. A sudden pop, or not being "
            "able to rise on the toes, needs to be seen the same day."
        ),
    ),
    "muscle_imbalance": (
        _(
            "The article says that muscles that are weaker or tighter than others change how the "
            "leg moves and strain parts of it, and that stretching and strengthening put this "
            "right."
        ),
        _(
            "Studies that followed people do not agree that such differences lead to injury, and "
            "their quality is very low. No answer in a diary shows an imbalance. On these pages "
            "it is only the name for pain that fits none of the other patterns, and such pain "
            "can still be something else."
        ),
    ),
}
