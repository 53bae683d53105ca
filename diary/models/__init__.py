"""What is kept?"""

from diary.models.batch import NEW, Conflict, Outcome
from diary.models.diary import Diary, StartAgain
from diary.models.entries import Change, CheckIn, Measurement
from diary.models.person import Person
from diary.models.profile import Profile
from diary.models.report import StoredReport
from diary.models.walk import PainEpisode, Walk

__all__ = [
    "NEW",
    "Change",
    "CheckIn",
    "Conflict",
    "Diary",
    "Measurement",
    "Outcome",
    "PainEpisode",
    "Person",
    "Profile",
    "StartAgain",
    "StoredReport",
    "Walk",
]
