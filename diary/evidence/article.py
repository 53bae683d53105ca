"""What does the article on leg pain speak of, on which sources is it answered, and what of a diary
belongs to each question?

Its sentences are in `diary.wording.article`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """One part of the article: the keys of the sources of our answer, and what a diary shows."""

    code: str
    sources: tuple[str, ...]
    shows: tuple[str, ...]


INTRODUCTION = Topic("introduction", ("mcdermott_1999", "nhs_pad"), ("pattern", "flags"))
CAUSES: tuple[Topic, ...] = (
    Topic("hamstring_strain", ("ekstrand_2012", "hamilton_2017", "ishoi_2020"), ("injury",)),
    Topic(
        "sciatica",
        ("suri_2010", "nadeau_2013", "konstantinou_2012", "konstantinou_2018"),
        ("posture", "lasting"),
    ),
    Topic(
        "peripheral_artery_disease",
        ("mcdermott_1999", "khan_2006", "acc_aha_2024", "lu_2014"),
        ("pattern", "smoking"),
    ),
    Topic(
        "achilles_tendinopathy",
        ("hutchison_2013", "de_vos_2021", "frandsen_2025", "mhra_2024"),
        ("sudden_load", "footwear"),
    ),
    Topic("muscle_imbalance", ("christopher_2019", "guan_2022"), ("strengthening",)),
)
QUESTIONS: tuple[Topic, ...] = (
    Topic(
        "prevention",
        ("yeung_2011", "frandsen_2025", "relph_2022"),
        ("stretching", "footwear", "sudden_load"),
    ),
    Topic("see_a_doctor", ("nhs_pad",), ("lasting", "flags")),
    Topic("obesity", ("shiri_2014", "franceschi_2014"), ("weight",)),
    Topic("serious", ("nhs_dvt", "nhs_pad"), ("flags",)),
    Topic("exercises", ("de_vos_2021", "ishoi_2020"), ("stretching", "strengthening")),
    Topic("posture", ("suri_2010",), ("posture",)),
    Topic("treating_a_strain", ("ekstrand_2012", "hamilton_2017"), ("injury",)),
    Topic("is_sciatica_chronic", ("konstantinou_2018",), ("lasting",)),
    Topic("medicines", ("mhra_diclofenac", "nice_ng59"), ("medication",)),
    Topic("orthotics", ("nice_ng59", "relph_2022"), ("orthotics", "footwear")),
    Topic("smoking", ("lu_2014",), ("smoking",)),
    Topic("physical_therapy", ("acc_aha_2024", "de_vos_2021"), ("physiotherapy",)),
    Topic("lifestyle", ("nice_cg147",), ("breaks", "activity", "weight", "footwear")),
    Topic("surgery", ("fakhry_2015", "peul_2007"), ("surgery",)),
)
