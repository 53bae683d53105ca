"""What does the article on leg pain speak of, on which sources is it answered, and what of a diary
belongs to each question?

Its sentences are in `diary.wording.article`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """One part of the article: the keys of the sources of our answer, and what a diary shows.

    `urgent` where the list of signs that ask for help stands beside the answer.
    """

    code: str
    sources: tuple[str, ...]
    shows: tuple[str, ...]
    urgent: bool = False


INTRODUCTION = Topic("introduction", ("mcdermott_1999", "nhs_pad"), ("flags", "pattern"), True)
CAUSES: tuple[Topic, ...] = (
    Topic("hamstring_strain", ("ekstrand_2012", "hamilton_2017", "ishoi_2020"), ("injury",), True),
    Topic(
        "sciatica",
        ("suri_2010", "tomkins_2009", "konstantinou_2012", "pregnancy_pain"),
        ("posture", "lasting"),
        True,
    ),
    Topic(
        "peripheral_artery_disease",
        (
            "mcdermott_1999",
            "edinburgh_1992",
            "nadeau_2013",
            "khan_2006",
            "lu_2014",
            "fowkes_2013",
            "nhs_pad",
        ),
        ("pattern", "smoking"),
        True,
    ),
    Topic(
        "achilles_tendinopathy",
        ("hutchison_2013", "de_vos_2021", "frandsen_2025", "relph_2022", "mhra_2024"),
        ("sudden_load", "footwear"),
        True,
    ),
    Topic("muscle_imbalance", ("christopher_2019", "guan_2022"), ("strengthening",), True),
)
QUESTIONS: tuple[Topic, ...] = (
    Topic(
        "prevention",
        ("yeung_2011", "frandsen_2025", "relph_2022"),
        ("stretching", "footwear", "sudden_load"),
    ),
    Topic("see_a_doctor", ("nhs_pad",), ("flags", "lasting"), True),
    Topic("obesity", ("shiri_2014", "franceschi_2014", "lu_2014", "fowkes_2013"), ("weight",)),
    Topic("serious", ("nhs_dvt", "nhs_pad", "haimovici"), ("flags",), True),
    Topic(
        "exercises",
        ("de_vos_2021", "ishoi_2020", "acc_aha_2024"),
        ("stretching", "strengthening"),
    ),
    Topic("posture", ("suri_2010",), ("posture",)),
    Topic("treating_a_strain", ("nhs_hamstring", "hamilton_2017"), ("injury",), True),
    Topic("is_sciatica_chronic", ("nhs_sciatica", "konstantinou_2018"), ("lasting",), True),
    Topic("medicines", ("mhra_diclofenac", "nice_ng59"), ("medication",)),
    Topic("orthotics", ("nice_ng59", "heel_lift"), ("orthotics", "footwear")),
    Topic("smoking", ("lu_2014", "ebm_smoking", "acc_aha_2024"), ("smoking",)),
    Topic(
        "physical_therapy",
        ("acc_aha_2024", "de_vos_2021", "christopher_2019"),
        ("physiotherapy",),
    ),
    Topic(
        "lifestyle",
        ("nice_cg147", "compression_2020"),
        ("breaks", "activity", "weight", "footwear"),
    ),
    Topic("surgery", ("fakhry_2015", "acc_aha_2024", "peul_2007"), ("surgery",), True),
)
