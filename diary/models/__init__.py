"""What is kept?"""

from diary.models.batch import NEW, STORED, Conflict, Outcome
from diary.models.diary import Diary, StartAgain
from diary.models.entries import Change, CheckIn, Measurement, Route
from diary.models.person import Person
from diary.models.profile import Profile
from diary.models.records import AccessRecord, ClinicNote, Review
from diary.models.reminder import Reminder
from diary.models.report import StoredReport
from diary.models.sharing import Share
from diary.models.steps import NotPossible, ShareEvent, State
from diary.models.walk import PainEpisode, Walk

__all__ = [
    "NEW",
    "STORED",
    "AccessRecord",
    "Change",
    "CheckIn",
    "ClinicNote",
    "Conflict",
    "Diary",
    "Measurement",
    "NotPossible",
    "Outcome",
    "PainEpisode",
    "Person",
    "Profile",
    "Reminder",
    "Review",
    "Route",
    "Share",
    "ShareEvent",
    "StartAgain",
    "State",
    "StoredReport",
    "Walk",
]
