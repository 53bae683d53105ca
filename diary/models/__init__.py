"""What is kept?"""

from diary.models.diary import Conflict, Diary, Outcome
from diary.models.entries import Change, CheckIn, Measurement
from diary.models.person import Person
from diary.models.profile import Profile
from diary.models.report import StoredReport
from diary.models.walk import PainEpisode, Walk

__all__ = [
    "Change",
    "CheckIn",
    "Conflict",
    "Diary",
    "Measurement",
    "Outcome",
    "PainEpisode",
    "Person",
    "Profile",
    "StoredReport",
    "Walk",
]
