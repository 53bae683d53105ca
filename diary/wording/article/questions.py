"""What do the article and the evidence answer to its fourteen questions?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Code: the question, what the article answers, and what the evidence says.
TEXTS = {
    "prevention": (
        _("How can I prevent leg pain on walking?"),
        _(
            "Stretch before and after, wear comfortable shoes, and walk further and faster only "
            "little by little."
        ),
        _(
            "Building up little by little is the best supported of the three: one walk much "
            "longer than the longest of the last month carries a risk of its own. In six trials "
            "stretching did not clearly prevent injuries. Comfortable shoes that fit are a "
            "matter of sense; no kind of shoe was shown to prevent pain."
        ),
    ),
    "see_a_doctor": (
        _("When should leg pain on walking be seen by a doctor?"),
        _("When it lasts for more than a few days, is severe, or comes with swelling or numbness."),
        _(
            "Any leg pain that keeps coming on with walking deserves an appointment, all the "
            "more with smoking, diabetes, high blood pressure or high cholesterol. Some signs "
            "cannot wait for one: they are on the list of when to get help."
        ),
    ),
    "obesity": (
        _("Can body weight add to leg pain on walking?"),
        _("Yes: more weight strains the legs, and losing some can ease the pain."),
        _(
            "More weight goes with more sciatica, and perhaps with more tendon trouble. For "
            "narrowed leg arteries, smoking and diabetes count for far more than weight. Whether "
            "losing weight eases this pain in one person cannot be known beforehand."
        ),
    ),
    "serious": (
        _("Can leg pain on walking be a sign of something serious?"),
        _("Sometimes: a clot in a deep vein, or trouble with a nerve."),
        _(
            "It can also be an artery that closes, a pressed nerve bundle in the lower back, an "
            "infection or a torn tendon. A cold, pale or numb leg, one swollen leg, "
            "breathlessness, numbness between the legs, new trouble with bladder or bowel, and a "
            "foot sore that does not heal each need help soon. Walking pain is a poor guide to a "
            "clot; the signs count."
        ),
    ),
    "exercises": (
        _("Are there exercises that ease leg pain?"),
        _("Stretching of calf and hamstring, and strengthening of the leg muscles."),
        _(
            "It depends on the cause. For the Achilles tendon, loading the calf little by little "
            "over twelve weeks or more. Strengthening of the hamstring prevents some injuries. "
            "Stretching a fresh strain can harm. Walking into the pain belongs to supervised "
            "programmes for people whose artery disease was found by a clinician, and to nobody "
            "whose pain has not been looked at."
        ),
    ),
    "posture": (
        _("Can posture play a part?"),
        _("Yes: bad posture puts the legs out of line and can cause pain."),
        _(
            "No one posture was shown to prevent leg pain or to cause it. What posture does to the "
            "pain is worth telling a clinician, though: pain on standing that sitting or bending "
            "forward eases is a useful clue."
        ),
    ),
    "treating_a_strain": (
        _("How is a hamstring strain treated?"),
        _("Rest, ice, a bandage and a raised leg, and perhaps physiotherapy."),
        _(
            "Care for one to three days, then early gentle movement and strengthening. Long rest "
            "and early stretching are out of date. Slight strains take days to weeks, severe "
            "ones months; what the leg can do says more than the date. A pop, a large bruise or "
            "a leg that cannot be used needs to be seen the same day."
        ),
    ),
    "is_sciatica_chronic": (
        _("Does sciatica stay?"),
        _("It can, if its cause is not treated; most people get relief with treatment."),
        _(
            "Many people are better after four to six weeks, with or without treatment. Yet among "
            "people who saw a family doctor about it, only about half were clearly less disabled a "
            "year later. So sciatica that lasts is common, and worth another look."
        ),
    ),
    "medicines": (
        _("Are there medicines for leg pain on walking?"),
        _("Anti-inflammatory painkillers may be prescribed; ask a doctor before taking anything."),
        _(
            "Ask a pharmacist or doctor first: these painkillers can harm the stomach, the kidneys "
            "and the heart. Diclofenac must not be taken with peripheral arterial disease. In "
            "sciatica the evidence that they help is thin. This diary advises no medicine."
        ),
    ),
    "orthotics": (
        _("Can insoles help?"),
        _("They can support the foot and correct how it moves; have them fitted."),
        _(
            "The evidence is weak. For back pain with sciatica, guidance is not to offer insoles, "
            "belts or rocker soles. A small heel lift may ease an Achilles tendon for a while."
        ),
    ),
    "smoking": (
        _("Does smoking matter?"),
        _("Yes: it makes circulation worse, and stopping can ease the pain."),
        _(
            "People who smoke have two and a half to three times the odds of narrowed leg "
            "arteries, people who stopped about 1.7 times. Stopping protects leg and life. "
            "Whether it lengthens the distance by itself is not proven. Help with stopping works "
            "better than trying alone."
        ),
    ),
    "physical_therapy": (
        _("Can physiotherapy help?"),
        _("Yes: it can strengthen the legs, balance the muscles and mend the way of walking."),
        _(
            "Supervised exercise comes first for leg pain from narrowed arteries, before any "
            "procedure. Led by a physiotherapist, exercise also helps tendons, strains and "
            "sciatica. That it works by balancing muscles is not shown."
        ),
    ),
    "lifestyle": (
        _("What can I change in everyday life?"),
        _("Weight, regular exercise, proper shoes, and breaks on long walks."),
        _(
            "Not smoking comes first, then regular walking, and care of blood sugar, blood "
            "pressure and cholesterol: with narrowed leg arteries they guard heart and brain. "
            "Compression stockings do not help arteries and can harm a leg that lacks blood: its "
            "ankle pressure must be measured before."
        ),
    ),
    "surgery": (
        _("Can an operation be a way out?"),
        _("Sometimes, as for a slipped disc or a bad tendon, and as a last resort."),
        _(
            "An artery that closes suddenly and a pressed nerve bundle in the lower back are "
            "emergencies that are often operated on at once. For pain on walking from narrowed "
            "arteries, exercise and medicine come first; opening an artery does not cure the "
            "disease. For sciatica an early operation brings sooner relief, and after a year the "
            "results are alike. For the Achilles tendon it comes after long exercise has failed."
        ),
    ),
}
