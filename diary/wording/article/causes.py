"""What do the article and the evidence say of leg pain on walking and of its five causes?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Code: what the article says, what the evidence says, and where the article is out of date.
TEXTS = {
    "introduction": (
        _(
            "The article is about legs that hurt behind on walking. It says that such pain can be "
            "slight or can spoil everyday life, and that finding the cause comes before choosing "
            "a treatment. It names five causes and answers fourteen questions. At its end it "
            "sends readers to a health professional."
        ),
        _(
            "There are more than five causes, and one leg can hurt for two reasons at once. Leg "
            "pain that returns on most walks is worth an appointment at any age: growing old is "
            "no explanation (NHS)."
        ),
        _(
            "Pain that comes on walking and goes with rest is the article's picture of narrowed "
            "arteries. Of people in whom a vascular laboratory had found them, fewer than one in "
            "three felt it that way (McDermott 1999). So a diary without that pattern cannot rule "
            "anything out."
        ),
    ),
    "hamstring_strain": (
        _(
            "This is the article's first cause: a large muscle behind the thigh that was used too "
            "much or pulled too far, by running, by jumping or by a sudden move. It mentions pain, "
            "swelling and soreness to the touch."
        ),
        _(
            "Most strains begin in one moment that people remember. The pain sits behind the "
            "thigh, and pressing or stretching makes it worse. Tingling, or pain without such a "
            "moment, points elsewhere, often to the back. It lasts from days to months; in "
            "footballers a scan foretold little of that (Ekstrand 2012, Hamilton 2017). A pop, a "
            "large bruise or a leg that cannot be used needs to be seen the same day."
        ),
        _(
            "The article counts it among the most common reasons for pain on walking. No study was "
            "found that shows so, and no answer in a diary that settles it: even tests by hand "
            "tell little (Ishøi 2020)."
        ),
    ),
    "sciatica": (
        _(
            "Sciatica is trouble of the long nerve that leads from the back into the leg. The "
            "article says that a slipped disc, a narrowed spine or a pregnancy can press or "
            "irritate it, and that walking can make pain, numbness or tingling worse."
        ),
        _(
            "Posture helps to tell these apart. With a narrowed spine, standing and walking bring "
            "the pain on, and sitting or bending forward eases it, often in both legs (Suri "
            "2010). With a slipped disc, sitting and bending are often worse, and the pain tends "
            "to run below the knee (Konstantinou 2012). Numbness between the legs, or new trouble "
            "with bladder or bowel, is an emergency."
        ),
        _(
            "The article treats the three as one. In pregnancy most pain in the back and the "
            "pelvis is not sciatica, and one swollen leg must be checked for a clot first. And a "
            "walking distance that repeats does not set the arteries apart from the spine: with "
            "a narrowed spine it repeats just as well (Tomkins 2009)."
        ),
    ),
    "peripheral_artery_disease": (
        _(
            "Deposits narrow the arteries of the legs, and the muscles get too little blood. The "
            "article describes pain, cramp or tiredness with activity that rest takes away and "
            "walking brings back."
        ),
        _(
            "Calf pain that goes within ten minutes of standing still fits best (Edinburgh "
            "questionnaire, Nadeau 2013). Of the risks that people can name, smoking and diabetes "
            "are the strongest (Lu 2014, Fowkes 2013). Answers alone can neither show it nor rule "
            "it out; the pulses in the feet and the pressure at the ankle tell more (Khan 2006). "
            "It also warns of trouble in the heart and the brain, so that finding it matters. A "
            "foot that is suddenly cold, pale or numb is an emergency. A sore that does not heal, "
            "or pain in the foot at night, needs to be seen the same day."
        ),
        _(
            "The article gives one picture. Most people with narrowed leg arteries do not match "
            "it: they feel something else on walking, or nothing (McDermott 1999)."
        ),
    ),
    "achilles_tendinopathy": (
        _(
            "The article speaks of Achilles tendonitis: the tendon above the heel inflamed by too "
            "much use, with pain on walking, swelling or stiffness. It blames unsuitable shoes "
            "and sudden jumps in activity."
        ),
        _(
            "The first steps hurt, it warms up on the way, and mornings are stiff: the opposite of "
            "pain that comes after a distance (Hutchison 2013). Treatment begins with loading the "
            "calf little by little, for twelve weeks or more, and not with long rest (Dutch "
            "guideline, 2021). Certain antibiotics, the fluoroquinolones, can harm tendons: at "
            "the first pain in a tendon the prescriber needs to be asked at once (MHRA 2024). A "
            "sudden pop, or not being able to rise on the toes, needs to be seen the same day."
        ),
        _(
            "Today's name is Achilles tendinopathy (often called tendonitis), because the tendon "
            "is often not inflamed. As for sudden jumps: in runners one session much longer than "
            "any of the last 30 days was a clearer risk than the week's total (Frandsen 2025); in "
            "walkers this was not studied. For shoes the proof is weak (Relph 2022)."
        ),
    ),
    "muscle_imbalance": (
        _(
            "If some muscles are weak or tight and others are not, the article says, the leg moves "
            "differently and parts of it take more strain. It trusts stretching and strengthening "
            "to put this right."
        ),
        _(
            "Studies that followed people over time do not agree that such differences lead to "
            "injury, and their quality is very low (Christopher 2019, Guan 2022). No answer in a "
            "diary can show an imbalance."
        ),
        _(
            "The article names it as a cause. On these pages it is only a name for what remains: "
            "pain that fits none of the other patterns. Such pain can still be something else."
        ),
    ),
}
