"""What a column may mean, and the value that says what one does."""

from dataclasses import dataclass
from typing import Literal, get_args

from coachkit.importing.days import Order
from coachkit.importing.statuses import Status

Meaning = Literal[
    "employer",
    "role",
    "applied_on",
    "saved_on",
    "status",
    "interview_at",
    "follow_up_on",
    "last_contact_on",
    "next_step",
    "deadline_on",
    "contact_person",
    "contact_email",
    "location",
    "link",
    "notes",
    "other",
    "undecided",
]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
DAYS: tuple[Meaning, ...] = (
    "applied_on",
    "saved_on",
    "interview_at",
    "follow_up_on",
    "last_contact_on",
    "deadline_on",
)
#: Under this confidence a column is asked about.
SURE = 0.6


@dataclass(frozen=True)
class Column:
    """What is proposed for a column.

    ``says`` is what a yes or a day in the column says of the opportunity ("Rejected: yes");
    ``also_status`` marks a second column of status words; ``refused`` one whose cells nobody sees.
    """

    at: int
    header: str
    meaning: Meaning
    confidence: float
    candidates: tuple[Meaning, ...] = ()
    order: Order | None = None
    says: Status | None = None
    also_status: bool = False
    refused: bool = False
    examples: tuple[str, ...] = ()
