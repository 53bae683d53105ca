"""What do the article and the evidence answer to its fourteen questions?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Code: the question, what the article answers, what the evidence says, and where the article is
# out of date.
TEXTS = {
    "prevention": (
        _("What can prevent leg pain on walks?"),
        _("Stretching first and last, comfortable shoes, and adding distance and effort slowly."),
        _(
            "Adding slowly has the best support: in runners, a session more than a tenth longer "
            "than the longest of the last 30 days went with more injuries (Frandsen 2025). Walkers "
            "were not studied. Comfortable shoes that fit are a matter of sense; no kind of shoe "
            "was shown to prevent pain (Relph 2022). None of this is for pain that nobody has "
            "looked at."
        ),
        _(
            "Stretching: in six trials with 5,130 runners and recruits it did not clearly prevent "
            "injuries (Cochrane review, Yeung 2011)."
        ),
    ),
    "see_a_doctor": (
        _("When should a doctor see it?"),
        _("If it goes on for several days or is strong, or if the leg swells or feels numb."),
        _(
            "Leg pain that returns on most walks deserves an appointment, all the more for people "
            "who smoke or whose blood sugar, blood pressure or cholesterol is high (NHS)."
        ),
        _(
            "The article does not say what cannot wait. Get emergency help for a leg that is "
            "suddenly cold, pale, numb or weak, for chest pain or sudden breathlessness, for "
            "numbness between the legs, and for new trouble with bladder or bowel."
        ),
    ),
    "obesity": (
        _("Does body weight play a part?"),
        _("Yes: more weight means more strain on the legs, and losing some can ease the pain."),
        _(
            "Sciatica is somewhat more frequent with more weight (odds 1.4 times as high, Shiri "
            "2014), and tendon trouble perhaps (Franceschi 2014). Whether losing weight eases the "
            "pain of one person, nobody can know beforehand."
        ),
        _(
            "Strain is not the whole story. For narrowed leg arteries, smoking and diabetes count "
            "for far more than weight (Lu 2014, Fowkes 2013)."
        ),
    ),
    "serious": (
        _("Can it be a sign of something serious?"),
        _(
            "Sometimes: a clot in a deep vein, or trouble with a nerve. People who are worried "
            "should ask for medical help."
        ),
        _(
            "Get emergency help at once for a leg that is suddenly cold, pale, numb or weak; for "
            "chest pain, coughing blood or sudden breathlessness; for numbness between the legs "
            "or new trouble with bladder or bowel. Speak to a doctor the same day about one "
            "swollen leg, a foot sore that does not heal, or pain in the foot at night (NHS)."
        ),
        _(
            "The article names two serious causes. There are more: an artery that closes, an "
            "infection, a torn tendon. And worry is a poor guide, because a leg that loses its "
            "blood does not always hurt (Haimovici)."
        ),
    ),
    "exercises": (
        _("Which exercises can ease it?"),
        _("Stretches for calf and hamstring, and exercises that make the legs stronger."),
        _(
            "That depends on the cause. For the Achilles tendon it is loading the calf little by "
            "little, over twelve weeks or more (Dutch guideline, 2021). In athletes, stronger "
            "hamstrings were strained less often (Ishøi 2020). For narrowed leg arteries that a "
            "clinician has found, it is a supervised walking programme (ACC/AHA 2024)."
        ),
        _(
            "Stretching does not suit all: it can harm a fresh strain. And walking on into the "
            "pain belongs to those supervised programmes alone, never to pain that nobody has "
            "looked at."
        ),
    ),
    "posture": (
        _("Does posture play a part?"),
        _("Yes: bad posture puts the legs out of line, and a better one can help."),
        _(
            "What posture does to the pain is a useful clue. Doctors ask about pain that standing "
            "brings and that sitting or bending forward eases when they think of a narrowed spine "
            "(Suri 2010)."
        ),
        _("No study was found in which one posture caused leg pain or prevented it."),
    ),
    "treating_a_strain": (
        _("How is a strained hamstring treated?"),
        _("Rest, cold, a bandage and a raised leg; perhaps exercises with a physiotherapist."),
        _(
            "Slight strains take days to weeks, severe ones months, and what the leg can do says "
            "more than the date or a scan (Hamilton 2017). A pop, a large bruise or a leg that "
            "cannot be used needs to be seen the same day."
        ),
        _(
            "Long rest is out of date: after one to three days of care come gentle movement and "
            "then strengthening (NHS). So is stretching it early. A tight bandage or ice can harm "
            "a leg that lacks blood or feeling: with narrowed arteries, diabetes or a cold foot, "
            "ask a clinician first."
        ),
    ),
    "is_sciatica_chronic": (
        _("Does sciatica last?"),
        _("It can, as long as its cause is not treated; with treatment it can ease."),
        _(
            "Many people feel better within four to six weeks (NHS 111 Wales). Yet of people who "
            "saw a family doctor about it, little more than half (55 %) were clearly less "
            "disabled a year later (Konstantinou 2018)."
        ),
        _(
            "So neither 'gone in six weeks' nor 'there for good' is right. Sciatica that lasts is "
            "common, and worth another look. A foot that newly drops needs to be seen the same "
            "day; numbness between the legs is an emergency."
        ),
    ),
    "medicines": (
        _("Are there medicines for it?"),
        _("Anti-inflammatory painkillers may be prescribed, but only after asking a doctor."),
        _(
            "Ask a pharmacist or doctor first, above all in pregnancy: these painkillers can harm "
            "the stomach, the kidneys and the heart. Diclofenac must not be used by people with "
            "arterial disease, such as narrowed leg arteries, narrowed heart arteries or a stroke "
            "(MHRA 2013). Anybody with one of these who takes it needs to ask a pharmacist or "
            "doctor now. This diary advises no medicine."
        ),
        _(
            "Such painkillers are no first answer to every leg pain: for sciatica the proof that "
            "they help is thin (NICE NG59, 2020)."
        ),
    ),
    "orthotics": (
        _("Can insoles help?"),
        _("They can support the foot and change how it moves; let a professional fit them."),
        _(
            "The proof is weak. Raising the heel a little may calm an Achilles tendon for a while "
            "(Foot Health Infobase)."
        ),
        _(
            "For back pain and sciatica, guidance asks clinicians not to offer insoles, belts or "
            "rocker soles (NICE NG59, 2020)."
        ),
    ),
    "smoking": (
        _("Does smoking matter?"),
        _("Yes: it is bad for circulation, and stopping can ease the pain."),
        _(
            "People who smoke have two and a half to three times the odds of narrowed leg "
            "arteries, people who stopped about 1.7 times (Lu 2014). Stopping protects leg and "
            "life, and help with stopping works better than trying alone (ACC/AHA 2024)."
        ),
        _(
            "That stopping by itself lengthens the distance is not proven (EBM Guidelines). It is "
            "worth it all the same."
        ),
    ),
    "physical_therapy": (
        _("Can physiotherapy help?"),
        _("Yes: it can strengthen the legs, even out the muscles and mend the way of walking."),
        _(
            "For leg pain from narrowed arteries that a clinician has found, supervised exercise "
            "comes first, before any procedure (ACC/AHA 2024). Exercise led by a physiotherapist "
            "also helps tendons (Dutch guideline, 2021), and is used for strains and sciatica."
        ),
        _("That it works by evening out muscles is not shown (Christopher 2019)."),
    ),
    "lifestyle": (
        _("What can be changed in everyday life?"),
        _("Weight, regular exercise, suitable shoes, and breaks when a walk is long."),
        _(
            "Exercise and care with weight are good for the heart as well (NICE CG147). For "
            "breaks no study was found. Compression stockings do not help arteries and can harm a "
            "leg that lacks blood: its ankle pressure must be measured before (Rabe 2020)."
        ),
        _(
            "The article leaves out what counts most if arteries are narrowed: not smoking, and "
            "care of blood sugar, blood pressure and cholesterol. They guard heart and brain "
            "(NICE CG147)."
        ),
    ),
    "surgery": (
        _("Can an operation be a way out?"),
        _("Sometimes, as for a slipped disc or a bad tendon, when all else has been tried."),
        _(
            "For pain on walking from narrowed arteries, exercise and medicine come first, and "
            "opening an artery does not cure the disease (ACC/AHA 2024). In one trial, people who "
            "had both walked further than those with exercise alone (Fakhry 2015). For sciatica "
            "an early operation brings sooner relief; after a year the results are alike (Peul "
            "2007)."
        ),
        _(
            "It is not always the last step. An artery that closes suddenly, and nerves pressed at "
            "the end of the spine, are emergencies that are often operated on at once."
        ),
    ),
}
