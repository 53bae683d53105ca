"""Where does each number of the evidence come from, and how sure of it are we?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sureness(StrEnum):
    """How a source's number came into the table."""

    FOUND = "found"  # read in the source, usually its abstract
    DERIVED = "derived"  # worked out from numbers that were read
    MEMORY = "memory"  # known but not checked against the source
    JUDGEMENT = "judgement"  # no source: a small weight in the direction that is agreed


@dataclass(frozen=True)
class Source:
    """One publication: how to cite it, how sure, and what limits its use here."""

    citation: str
    sureness: Sureness
    limits: str = ""


SOURCES: dict[str, Source] = {
    "nadeau_2013": Source(
        "Nadeau M, Rosas-Arellano MP, Gurr KR, et al. The reliability of differentiating "
        "neurogenic claudication from vascular claudication based on symptomatic presentation. "
        "Can J Surg 2013;56:372-377; single items from the meeting abstract of the same cohort.",
        Sureness.FOUND,
        "53 patients of tertiary clinics, stenosis against arterial disease only. Of the four "
        "single neurogenic items the abstract gives a range, 2.1 to 3.1, not which is which: "
        "the lowest is used, and the highest for sitting, where Katz 1995 (recalled) agrees.",
    ),
    "suri_2010": Source(
        "Suri P, Rainville J, Kalichman L, Katz JN. Does this older adult with lower extremity "
        "pain have the clinical syndrome of lumbar spinal stenosis? JAMA 2010;304:2628-2636.",
        Sureness.FOUND,
        "741 people in four studies; stenosis against other back and leg pain.",
    ),
    "khan_2006": Source(
        "Khan NA, Rahim SA, Anand SS, Simel DL, Panju A. Does the clinical examination predict "
        "lower extremity peripheral arterial disease? JAMA 2006;295:536-546.",
        Sureness.FOUND,
        "Symptomatic patients, signs seen by an examiner; joined signs added nothing to the best.",
    ),
    "mcdermott_1999": Source(
        "McDermott MM, Mehta S, Greenland P. Exertional leg symptoms other than intermittent "
        "claudication are common in peripheral arterial disease. Arch Intern Med 1999;159:387-392.",
        Sureness.DERIVED,
        "56.2 % of vascular laboratory patients against 19.0 % of controls; the spectrum flatters.",
    ),
    "edinburgh_1992": Source(
        "Leng GC, Fowkes FGR. The Edinburgh Claudication Questionnaire: an improved version of "
        "the WHO/Rose questionnaire. J Clin Epidemiol 1992;45:1101-1109.",
        Sureness.DERIVED,
        "Item 5 (gone within ten minutes): sensitivity 90.6 %, specificity 63.9 % against a "
        "physician's diagnosis, not against a measured pressure.",
    ),
    "guo_2008": Source(
        "Guo X, Li J, Pang W, et al. Sensitivity and specificity of ankle-brachial index for "
        "detecting angiographic stenosis of peripheral arteries. Circ J 2008;72:605-610.",
        Sureness.FOUND,
        "298 high-risk patients against angiography; cut-off 0.95, applied here at 0.90.",
    ),
    "ankle_pressure_2018": Source(
        "Ankle pressure indices for identifying stenoses in 199 subjects. Vasc Med "
        "2018;23:541-548, table 3. doi:10.1177/1358863X18781723.",
        Sureness.DERIVED,
        "Resting index below 0.90 for a stenosis above 50 %: sensitivity 61 %, specificity 82 %; "
        "a resting index at or above 0.90 leaves room for disease.",
    ),
    "lu_2014": Source(
        "Lu L, Mackay DF, Pell JP. Meta-analysis of the association between cigarette smoking and "
        "peripheral arterial disease. Heart 2014;100:414-423.",
        Sureness.DERIVED,
        "Odds ratio 2.71 (current) and 1.67 (former), turned into likelihood ratios for a "
        "population of which 20 % smoke and 30 % did.",
    ),
    "fowkes_2013": Source(
        "Fowkes FGR, Rudan D, Rudan I, et al. Comparison of global estimates of prevalence and "
        "risk factors for peripheral artery disease in 2000 and 2010. Lancet 2013;382:1329-1340.",
        Sureness.MEMORY,
        "Odds ratios of about 1.9 (diabetes) and 1.6 (hypertension), made smaller for commonness.",
    ),
    "hutchison_2013": Source(
        "Hutchison AM, Evans R, Bodger O, et al. What is the best clinical test for Achilles "
        "tendinopathy? Foot Ankle Surg 2013;19:112-117.",
        Sureness.DERIVED,
        "21 people. Pain 2 to 6 cm above the heel bone: sensitivity 78 %, specificity 77 %; "
        "morning stiffness 89 % and 58 % (recalled).",
    ),
    "konstantinou_2012": Source(
        "Konstantinou K, Lewis M, Dunn KM. Agreement of self-reported items and clinically "
        "assessed nerve root involvement (or sciatica) in a primary care setting. "
        "Eur Spine J 2012;21:2306-2315.",
        Sureness.DERIVED,
        "Area under the curve 0.67 for pain below the knee, read as 67 % and 67 %.",
    ),
    "mhra_2024": Source(
        "MHRA. Fluoroquinolone antibiotics: must now only be prescribed when other commonly "
        "recommended antibiotics are inappropriate. Drug Safety Update, January 2024.",
        Sureness.JUDGEMENT,
        "The harm to tendons is established; the size of the ratio is judged.",
    ),
    "acc_aha_2024": Source(
        "Gornik HL, Aronow HD, Goodney PP, et al. 2024 ACC/AHA guideline for the management of "
        "lower extremity peripheral artery disease. Circulation 2024;149:e1313-e1410.",
        Sureness.FOUND,
        "Its tables were read, not the whole text.",
    ),
    "nhs_pad": Source(
        "NHS. Peripheral arterial disease (PAD): symptoms. Archived page.", Sureness.FOUND
    ),
    "nhs_dvt": Source("NHS. Deep vein thrombosis (DVT).", Sureness.FOUND),
    "yeung_2011": Source(
        "Yeung SS, Yeung EW, Gillespie LD. Interventions for preventing lower limb soft-tissue "
        "running injuries. Cochrane Database Syst Rev 2011;CD001256.",
        Sureness.FOUND,
        "Six trials of stretching, 5,130 runners and recruits: ratio 0.85 (0.65 to 1.12).",
    ),
    "frandsen_2025": Source(
        "Frandsen JSB, et al. How much running is too much? Br J Sports Med 2025. "
        "doi:10.1136/bjsports-2024-109380.",
        Sureness.FOUND,
        "5,205 runners, not walkers.",
    ),
    "relph_2022": Source(
        "Relph N, Greaves H, Armstrong R, et al. Running shoes for preventing lower limb running "
        "injuries in adults. Cochrane Database Syst Rev 2022;CD013368.",
        Sureness.MEMORY,
        "Located, not read; evidence of low certainty.",
    ),
    "shiri_2014": Source(
        "Shiri R, Lallukka T, Karppinen J, Viikari-Juntura E. Obesity as a risk factor for "
        "sciatica: a meta-analysis. Am J Epidemiol 2014;179:929-937.",
        Sureness.FOUND,
        "Odds ratio 1.40 (1.27 to 1.55).",
    ),
    "franceschi_2014": Source(
        "Franceschi F, Papalia R, Paciotti M, et al. Obesity as a risk factor for tendinopathy. "
        "Int J Endocrinol 2014;2014:670262.",
        Sureness.FOUND,
        "The studies disagree.",
    ),
    "de_vos_2021": Source(
        "de Vos RJ, van der Vlist AC, Zwerver J, et al. Dutch multidisciplinary guideline on "
        "Achilles tendinopathy. Br J Sports Med 2021;55:1125-1134.",
        Sureness.MEMORY,
        "Twelve weeks of loading are recalled, not read.",
    ),
    "ishoi_2020": Source(
        "Ishøi L, Krommes K, Husted RS, et al. Diagnosis, prevention and treatment of common "
        "lower extremity muscle injuries in sport. Br J Sports Med 2020;54:528-537.",
        Sureness.FOUND,
        "Athletes.",
    ),
    "ekstrand_2012": Source(
        "Ekstrand J, Healy JC, Waldén M, et al. Hamstring muscle injuries in professional "
        "football. Br J Sports Med 2012;46:112-117.",
        Sureness.FOUND,
        "Footballers: 8 to 73 days away, by what a scan showed.",
    ),
    "hamilton_2017": Source(
        "Hamilton B, Alonso JM, Best TM. Time for a paradigm shift in the classification of muscle "
        "injuries. J Sport Health Sci 2017;6:255-261.",
        Sureness.FOUND,
        "A scan's grade explains little of the time to return.",
    ),
    "konstantinou_2018": Source(
        "Konstantinou K, Dunn KM, Ogollah R, et al. Prognosis of sciatica and back-related leg "
        "pain in primary care: the ATLAS cohort. Spine J 2018;18:1030-1040.",
        Sureness.FOUND,
        "55 % had at least 30 % less disability after twelve months.",
    ),
    "mhra_diclofenac": Source(
        "MHRA. Diclofenac: new contraindications and warnings. Drug Safety Update, June 2013.",
        Sureness.FOUND,
    ),
    "nice_ng59": Source(
        "NICE. Low back pain and sciatica in over 16s. NG59, updated 2020.",
        Sureness.MEMORY,
        "Its exact words were not read.",
    ),
    "nice_cg147": Source(
        "NICE. Peripheral arterial disease: diagnosis and management. CG147, updated 2020.",
        Sureness.FOUND,
    ),
    "christopher_2019": Source(
        "Christopher SM, McCullough J, Snodgrass SJ, Cook C. Do alterations in muscle strength, "
        "flexibility, range of motion, and alignment predict lower extremity injury in runners? "
        "Arch Physiother 2019;9:2.",
        Sureness.FOUND,
        "Seven studies, of very low quality.",
    ),
    "guan_2022": Source(
        "Guan Y, Bredin SSD, Taunton J, et al. Association between inter-limb asymmetries in "
        "lower-limb functional performance and sport injury. J Clin Med 2022;11:360.",
        Sureness.FOUND,
        "28 cohorts that disagree.",
    ),
    "fakhry_2015": Source(
        "Fakhry F, Spronk S, van der Laan L, et al. Endovascular revascularization and supervised "
        "exercise for peripheral artery disease and intermittent claudication. JAMA "
        "2015;314:1936-1944.",
        Sureness.FOUND,
    ),
    "peul_2007": Source(
        "Peul WC, van Houwelingen HC, van den Hout WB, et al. Surgery versus prolonged "
        "conservative treatment for sciatica. N Engl J Med 2007;356:2245-2256.",
        Sureness.MEMORY,
        "Recalled: sooner relief, the same after a year.",
    ),
    "tomkins_2009": Source(
        "Tomkins CC, Battié MC, Rogers T, Jiang H, Petersen S. A criterion measure of walking "
        "capacity in lumbar spinal stenosis. Spine 2009;34:2444-2449.",
        Sureness.FOUND,
    ),
    "pregnancy_pain": Source(
        "Reports on back and pelvic pain in pregnancy.",
        Sureness.MEMORY,
        "Secondary pages only; no study was read.",
    ),
    "haimovici": Source(
        "Caveats and diagnostic traps in acute limb ischemia, citing Haimovici. aneskey.com.",
        Sureness.FOUND,
        "A secondary page: 24 to 49 % of episodes without pain.",
    ),
    "nhs_hamstring": Source("NHS. Hamstring injury. Read in a copy.", Sureness.FOUND),
    "nhs_sciatica": Source("NHS 111 Wales. Sciatica.", Sureness.FOUND),
    "heel_lift": Source(
        "Foot Health Infobase, on the Achilles tendon.", Sureness.FOUND, "A page for patients."
    ),
    "ebm_smoking": Source(
        "EBM Guidelines, on smoking and intermittent claudication. Read through Skyscape.",
        Sureness.FOUND,
        "46.7 m further after stopping (-19 to 113): not proven.",
    ),
    "compression_2020": Source(
        "Rabe E, Partsch H, Morrison N, et al. Risks and contraindications of medical compression "
        "treatment. Phlebology 2020;35:447-460.",
        Sureness.MEMORY,
        "Recalled, not read.",
    ),
    "judgement": Source(
        "No published likelihood ratio: a small weight in the direction that guidelines and "
        "textbooks agree on, awaiting a clinician's review.",
        Sureness.JUDGEMENT,
    ),
}
