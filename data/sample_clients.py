"""The sample practice's fields, clients and their habits, and their ordinary searches.

Everybody and every employer here is made up. Days are written month-day, of the year 2026, and
times are local to the client: ``"06-15 09:00"``. ``sample_telling.py`` tells each ordinary search
as its client's habits have it; what is out of the ordinary stands in ``sample_stories.py``.
"""

from dataclasses import dataclass, field

YEAR = 2026

ACC = "Accounting & audit"
FIN = "Finance & banking"
PRO = "Project & operations management"
MKT = "Marketing & public relations"
SOF = "Software & IT"
ENG = "Engineering"
SCH = "School teaching"
UNI = "University faculty"
NUR = "Nursing & clinical"
FOO = "Food & hospitality"
SAL = "Sales"
NON = "Nonprofit"  # not a field of the policy: graded by its default, and said so


@dataclass(frozen=True)
class Field:
    """A field's waits when the sample was made: tuning them later rewrites no history."""

    wait_days: int
    later_wait_days: int
    max_unanswered: int
    let_go_weeks: int
    channels: tuple[str, ...]


FIELDS = {
    ACC: Field(7, 7, 2, 4, ("email", "call")),
    FIN: Field(5, 7, 2, 6, ("email", "call")),
    PRO: Field(5, 7, 2, 5, ("email", "call")),
    MKT: Field(4, 5, 2, 5, ("email", "call")),
    SOF: Field(5, 7, 2, 5, ("email", "email")),
    ENG: Field(7, 7, 2, 6, ("email", "call")),
    SCH: Field(7, 7, 2, 5, ("call", "email")),
    UNI: Field(28, 28, 1, 10, ("email", "email")),
    NUR: Field(7, 7, 2, 6, ("call", "email")),
    FOO: Field(3, 4, 2, 3, ("call", "email")),
    SAL: Field(3, 4, 3, 3, ("call", "email")),
    NON: Field(5, 7, 2, 4, ("email", "call")),
}


@dataclass(frozen=True)
class Habits:
    """How a client keeps up: shares between 0 and 1. What is left over is never done."""

    thanks_in_time: float = 0.84
    thanks_late: float = 0.08
    sends_card: float = 0.06
    follows_on_time: float = 0.68
    follows_too_soon: float = 0.08
    follows_late: float = 0.13
    goes_on: float = 0.04  # once more after the most that the field bears
    writes_answers_down: float = 0.6


MODEL = Habits(1.0, 0.0, 0.35, 1.0, 0.0, 0.0, 0.0, 1.0)
STEADY = Habits(0.92, 0.05, 0.10, 0.80, 0.04, 0.11, 0.0, 0.72)
HASTY = Habits(0.86, 0.05, 0.0, 0.25, 0.62, 0.05, 0.7, 0.5)
THANKLESS = Habits(0.0, 0.0, 0.0, 0.62, 0.06, 0.14, 0.0, 0.5)
BELATED = Habits(0.15, 0.75, 0.05, 0.60, 0.0, 0.30, 0.0, 0.55)
CARD_WRITER = Habits(0.92, 0.04, 0.92, 0.70, 0.05, 0.12, 0.0, 0.65)
SHY = Habits(0.80, 0.10, 0.05, 0.38, 0.0, 0.22, 0.0, 0.55)
BUSY = Habits(0.72, 0.16, 0.0, 0.48, 0.04, 0.30, 0.0, 0.4)


@dataclass(frozen=True)
class Client:
    """One client; ``once`` are the habits of before ``changed_on``, for who has learned."""

    name: str
    coach: str
    timezone: str
    country: str | None
    habits: Habits = field(default_factory=Habits)
    status: str | None = "active"
    tracked_since: str | None = None
    once: Habits | None = None
    changed_on: str | None = None


ROSA, MALIK = "Rosa Lind", "Malik Hart"
NEW_YORK, CHICAGO, DENVER = "America/New_York", "America/Chicago", "America/Denver"
LOS_ANGELES, TORONTO = "America/Los_Angeles", "America/Toronto"
LONDON, BERLIN, AUCKLAND = "Europe/London", "Europe/Berlin", "Pacific/Auckland"

CLIENTS = (
    Client("Amara Osei", ROSA, NEW_YORK, "US", STEADY),
    Client("Zoë Martínez", ROSA, LOS_ANGELES, "US-CA", CARD_WRITER),
    Client("Declan Marsh", ROSA, CHICAGO, "US", HASTY),
    Client("Nguyễn Lan", ROSA, LOS_ANGELES, "US-CA"),
    Client("Henrietta Vale", ROSA, NEW_YORK, "US", STEADY),
    Client("Tobias Krähe", ROSA, BERLIN, "DE"),
    Client("Priya Sundaram", MALIK, NEW_YORK, "US", STEADY),
    Client("Caleb Thorne", MALIK, DENVER, "US", THANKLESS),
    Client("Ingrid Solvang", ROSA, CHICAGO, "US", BELATED),
    Client("Aroha Tāwhai", ROSA, AUCKLAND, "NZ"),
    Client("Marcus Bellweather", MALIK, NEW_YORK, "US", tracked_since="06-15 09:00"),
    Client("Grace Lindqvist", ROSA, TORONTO, "CA", MODEL),
    Client("Omar Haddadin", MALIK, LOS_ANGELES, "US-CA", status="placed"),
    Client("Sinéad Fallow", ROSA, LONDON, "GB"),
    Client("Theo Abernethy", MALIK, CHICAGO, "US", BUSY, status="paused"),
    Client("Yuki Tanemori", ROSA, LOS_ANGELES, "US-CA", SHY),
    Client("Lucía Paredes", MALIK, DENVER, "US"),
    Client("Björn Askeland", ROSA, TORONTO, "CA", SHY),
    Client("Fatima Zahiri", MALIK, NEW_YORK, "US", STEADY),
    Client("Josué Lacroix", ROSA, NEW_YORK, "US", BUSY),
    Client("Seun Adebanjo", MALIK, LONDON, "GB"),
    Client("Samuel Ferro", ROSA, CHICAGO, "US", BUSY, status=None),
    Client("Noor Castellane", MALIK, CHICAGO, None, STEADY),
    Client("Wendell Pike", MALIK, NEW_YORK, "US", STEADY, once=BUSY, changed_on="06-01"),
)


@dataclass(frozen=True)
class Search:
    """An ordinary search: told by the client's habits, from its first interview to its end."""

    client: str
    employer: str
    role: str
    field: str
    first_day: str
    rounds: int
    end: str
    country: str | None = None


SEARCHES = (
    Search(
        "Amara Osei", "Pellham Rowe Accountants", "Staff accountant", ACC, "03-10", 2, "rejected"
    ),
    Search("Amara Osei", "Dunmarrow Health", "Reporting accountant", ACC, "05-05", 1, "let_go"),
    Search("Amara Osei", "Copperline Foods", "Assistant controller", ACC, "07-14", 3, "rejected"),
    Search(
        "Zoë Martínez", "Juniper & Flint Agency", "Account planner", MKT, "02-11", 1, "rejected"
    ),
    Search("Zoë Martínez", "Coastwise Tents", "Content lead", MKT, "04-28", 1, "let_go"),
    Search("Zoë Martínez", "Velvet Orchard Events", "PR manager", MKT, "07-08", 3, "withdrawn"),
    Search("Declan Marsh", "Ironbark Handtools", "Territory manager", SAL, "02-18", 1, "let_go"),
    Search("Declan Marsh", "Cobalt Lane Payroll", "Account executive", SAL, "04-13", 1, "rejected"),
    Search(
        "Declan Marsh", "Mudskipper Beverages", "Key account manager", SAL, "06-03", 2, "rejected"
    ),
    Search("Declan Marsh", "Fairlead Cartons", "Sales representative", SAL, "07-27", 1, "rejected"),
    Search("Nguyễn Lan", "Quietwater Metrics", "Backend developer", SOF, "03-18", 3, "rejected"),
    Search("Nguyễn Lan", "Mapletide Health Apps", "Web developer", SOF, "05-20", 2, "let_go"),
    Search("Nguyễn Lan", "Brindle Cloud", "Site reliability engineer", SOF, "08-05", 2, "rejected"),
    Search("Henrietta Vale", "Stonefield University", "Lecturer", UNI, "02-02", 2, "rejected"),
    Search(
        "Henrietta Vale", "Carrow Hill College", "Visiting professor", UNI, "04-09", 2, "rejected"
    ),
    Search("Tobias Krähe", "Havelquell Turbinen", "Design engineer", ENG, "02-24", 2, "rejected"),
    Search("Tobias Krähe", "Wolkenruh Messtechnik", "Test engineer", ENG, "05-12", 3, "offer"),
    Search("Tobias Krähe", "Pfeilfisch Antriebe", "Project engineer", ENG, "07-07", 1, "let_go"),
    Search("Priya Sundaram", "Larkham Audit", "Audit associate", ACC, "02-17", 1, "rejected"),
    Search("Priya Sundaram", "Oxbowl Title Company", "Tax accountant", ACC, "04-21", 2, "let_go"),
    Search("Priya Sundaram", "Tinderfox Toys", "Cost accountant", ACC, "06-24", 3, "offer"),
    Search("Caleb Thorne", "Aspen Hollow Schools", "Science teacher", SCH, "03-05", 2, "rejected"),
    Search("Caleb Thorne", "Pine Kettle Academy", "Biology teacher", SCH, "04-22", 1, "rejected"),
    Search("Caleb Thorne", "Yarrow Creek Schools", "Chemistry teacher", SCH, "06-02", 2, "let_go"),
    Search("Ingrid Solvang", "Larch & Linden Hospice", "Staff nurse", NUR, "02-25", 1, "rejected"),
    Search("Ingrid Solvang", "Blue Bittern Hospital", "Charge nurse", NUR, "05-06", 2, "offer"),
    Search(
        "Ingrid Solvang", "Ninefold Lane Surgical", "Theatre nurse", NUR, "07-15", 2, "withdrawn"
    ),
    Search("Aroha Tāwhai", "Harakeke Hydro", "Project manager", PRO, "03-03", 3, "rejected"),
    Search("Aroha Tāwhai", "Tussock & Tide Builders", "Project lead", PRO, "05-13", 2, "let_go"),
    Search("Aroha Tāwhai", "Moanaroa Ports", "Operations manager", PRO, "07-21", 2, "rejected"),
    Search("Marcus Bellweather", "Tollgate Credit", "Credit analyst", FIN, "07-02", 2, "rejected"),
    Search(
        "Marcus Bellweather", "Argent Mill Fund", "Investment analyst", FIN, "08-11", 2, "rejected"
    ),
    Search("Grace Lindqvist", "Snowvole Books", "Campaign manager", MKT, "03-12", 2, "rejected"),
    Search("Grace Lindqvist", "Ferry Lane Cinema", "Marketing lead", MKT, "04-29", 3, "offer"),
    Search("Grace Lindqvist", "Otterbank Bicycles", "Brand manager", MKT, "06-16", 2, "rejected"),
    Search("Grace Lindqvist", "Larkrise Tea", "Head of communications", MKT, "07-21", 2, "let_go"),
    Search(
        "Omar Haddadin", "Kelpline Hydraulics", "Mechanical engineer", ENG, "02-10", 1, "rejected"
    ),
    Search("Omar Haddadin", "Sunstead Trackers", "Controls engineer", ENG, "04-07", 3, "rejected"),
    Search("Omar Haddadin", "Basalt Bridgeworks", "Design engineer", ENG, "06-10", 2, "withdrawn"),
    Search("Sinéad Fallow", "Wherry & Lock Rail", "Programme manager", PRO, "02-19", 3, "rejected"),
    Search("Sinéad Fallow", "Tamarisk Clinics", "Operations lead", PRO, "05-07", 2, "let_go"),
    Search(
        "Sinéad Fallow", "Cloudfennel Telecom", "Project manager", PRO, "06-25", 2, "rejected", "IE"
    ),
    Search("Theo Abernethy", "The Salt Larder", "Sous chef", FOO, "02-12", 1, "rejected"),
    Search("Theo Abernethy", "Marigold Pier Hotel", "Banquet chef", FOO, "04-16", 1, "let_go"),
    Search("Theo Abernethy", "Cinder & Sorrel", "Kitchen manager", FOO, "07-09", 2, "offer"),
    Search("Yuki Tanemori", "Tidepocket Robotics", "QA engineer", SOF, "04-14", 3, "rejected"),
    Search("Yuki Tanemori", "Foxwort Payments", "Frontend developer", SOF, "07-01", 2, "let_go"),
    Search("Lucía Paredes", "Cottonthistle Birth Center", "Midwife", NUR, "03-17", 2, "rejected"),
    Search("Lucía Paredes", "Highfold Pediatrics", "Clinic nurse", NUR, "05-19", 2, "offer"),
    Search("Lucía Paredes", "Silver Finch Dialysis", "Dialysis nurse", NUR, "07-22", 1, "rejected"),
    Search(
        "Björn Askeland", "Loonsong Interactive", "Platform engineer", SOF, "03-24", 3, "rejected"
    ),
    Search(
        "Björn Askeland", "Granite Loop", "Database administrator", SOF, "06-09", 2, "let_go", "US"
    ),
    Search("Björn Askeland", "Trillby Avionics", "Systems engineer", ENG, "07-28", 2, "rejected"),
    Search(
        "Fatima Zahiri", "Harrowgate Pensions", "Portfolio analyst", FIN, "03-26", 3, "rejected"
    ),
    Search("Fatima Zahiri", "Vellum Street Bank", "Risk analyst", FIN, "06-11", 2, "withdrawn"),
    Search("Josué Lacroix", "Bellows & Brine", "Area sales manager", SAL, "03-31", 2, "rejected"),
    Search("Josué Lacroix", "Quickset Adhesives", "Sales engineer", SAL, "06-17", 2, "let_go"),
    Search("Seun Adebanjo", "Pepperbox Games", "Build engineer", SOF, "02-26", 3, "rejected"),
    Search(
        "Seun Adebanjo", "Hollin Data Trust", "Data platform developer", SOF, "05-14", 2, "offer"
    ),
    Search(
        "Seun Adebanjo", "Rheinspatz Logistik", "Cloud engineer", SOF, "07-16", 3, "rejected", "DE"
    ),
    Search(
        "Samuel Ferro", "Brasswhistle Catering", "Catering manager", FOO, "03-25", 2, "rejected"
    ),
    Search("Samuel Ferro", "Lakeglass Hotel", "Front office manager", FOO, "06-18", 1, "rejected"),
    Search("Noor Castellane", "Thistledown Schools", "French teacher", SCH, "03-19", 2, "rejected"),
    Search(
        "Noor Castellane", "Bluegrouse Academy", "Language teacher", SCH, "05-21", 3, "rejected"
    ),
    Search("Noor Castellane", "Sparrowmere School", "French teacher", SCH, "07-20", 2, "withdrawn"),
    Search("Wendell Pike", "Anvil & Oar Marine", "Sales associate", SAL, "02-09", 1, "rejected"),
    Search(
        "Wendell Pike", "Peppermill Lane Packaging", "Account manager", SAL, "04-15", 2, "let_go"
    ),
    Search(
        "Wendell Pike",
        "Starboard Lantern Signs",
        "Regional sales lead",
        SAL,
        "07-13",
        3,
        "rejected",
    ),
)
