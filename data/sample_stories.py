"""The sample practice's stories: what is out of the ordinary, told by hand.

Everybody and every employer here is made up. Days are written month-day, of the year 2026, and
times are local to the client: ``"10-08 14:00"``; of a day without a time no more is known. The last
stories run up to the sample's own instant, noon of 2026-10-14 in New York.
"""

from dataclasses import dataclass

from sample_clients import ACC, ENG, FIN, FOO, MKT, NON, NUR, PRO, SAL, SCH, SOF, UNI


@dataclass(frozen=True)
class Met:
    """An interview held, planned or cancelled."""

    at: str
    minutes: int | None = 60
    promised: str | None = None
    cancelled: bool = False
    debriefed: bool = True


@dataclass(frozen=True)
class Sent:
    """A contact by the client; a thank-you names the latest interview unless ``unnamed``."""

    at: str
    kind: str = "follow_up"
    channel: str = "email"
    unnamed: bool = False


@dataclass(frozen=True)
class Heard:
    """A contact from the employer."""

    at: str
    channel: str = "email"
    promised: str | None = None
    asks: bool = False


@dataclass(frozen=True)
class Story:
    """One opportunity told by hand, in time order; ``lead_up``: how it began may be made up."""

    client: str
    employer: str
    role: str
    field: str
    events: tuple[Met | Sent | Heard, ...]
    outcome: str = "open"
    outcome_at: str | None = None
    country: str | None = None
    wait_days: int | None = None
    lead_up: bool = True
    held: tuple[str, str] | None = None  # until which day, and why
    pinned: tuple[str, str] | None = None  # to which day, and why


# fmt: off
# A second round a week ago, no promise: the field's seven days end today.
# Priya Sundaram, of the other coach, is talking to the same firm about another role.
AMARA_AT_QUILLMARK = Story(
    "Amara Osei", "Quillmark Ledger Partners", "Senior accountant", ACC,
    (
        Met("09-29 10:00", 60),
        Sent("09-29 17:40", "thank_you"),
        Heard("10-02 11:15"),
        Sent("10-02 12:05", "other"),
        Met("10-07 14:00", 75),
        Sent("10-07 19:10", "thank_you"),
    ),
)
PRIYA_AT_QUILLMARK = Story(
    "Priya Sundaram", "Quillmark Ledger Partners", "Staff accountant", ACC,
    (
        Met("09-23 09:30", 30),
        Sent("09-23 13:05", "thank_you"),
        Heard("09-25 15:20", "call"),
        Met("09-30 15:00", 60),
        Sent("10-01 08:15", "thank_you"),
        Heard("10-06 16:45", promised="10-13"),
    ),
)

# They said when they would answer: nothing before that day, whatever the field's wait.
AMARA_HOLDS_A_PROMISE = Story(
    "Amara Osei", "Fernhollow Bank", "Financial controller", FIN,
    (Met("10-13 09:30", 60, promised="10-23"), Sent("10-13 16:20", "thank_you")),
)
AMARA_GOES_BACK_TOMORROW = Story(
    "Amara Osei", "Harborfinch Audit Group", "Audit manager", ACC,
    (
        Met("10-05 11:00", 45, promised="10-09"),
        Sent("10-05 18:35", "thank_you"),
        Sent("10-06 18:00", "thank_you", "card"),
        Heard("10-08 10:40", "call"),
        Sent("10-08 11:30", "other"),
        Met("10-15 11:00"),
    ),
)

# They asked for references and had them the next day: the clock runs from the answer.
AMARA_ANSWERED = Story(
    "Amara Osei", "Brightsedge Tax Advisers", "Tax accountant", ACC,
    (
        Met("09-24 13:30", 60),
        Sent("09-24 18:20", "thank_you"),
        Sent("10-01 09:45"),
        Heard("10-08 14:25", asks=True),
        Sent("10-09 10:10", "answer"),
    ),
)

# The card writer: a note by e-mail the same day, and a card in the post after every visit.
ZOE_AND_HER_CARDS = Story(
    "Zoë Martínez", "Tangelo Street Studio", "Brand manager", MKT,
    (
        Met("09-25 10:00", 45),
        Sent("09-25 15:30", "thank_you"),
        Sent("09-26 12:00", "thank_you", "card"),
        Sent("09-29 10:20"),
        Heard("09-30 16:10", "call"),
        Met("10-08 14:00", 60, promised="10-14"),
        Sent("10-08 18:30", "thank_you"),
        Sent("10-09 12:00", "thank_you", "card"),
    ),
)
ZOE_WAITS_FOR_A_DAY = Story(
    "Zoë Martínez", "Marrowby Foods", "Communications lead", MKT,
    (
        Met("09-21 11:00", 30),
        Sent("09-21 16:05", "thank_you"),
        Sent("09-22 12:00", "thank_you", "card"),
        Heard("09-24 13:15"),
        Met("10-06 09:30", 75, promised="10-27"),
        Sent("10-06 17:45", "thank_you"),
        Sent("10-07 12:00", "thank_you", "card"),
    ),
)

# The one who over-contacts: five touches in a week, then a rejection.
DECLAN_OVER_CONTACTS = Story(
    "Declan Marsh", "Bluntridge Equipment", "Regional sales representative", SAL,
    (
        Met("09-15 10:00", 45),
        Sent("09-15 16:10", "thank_you"),
        Sent("09-16 09:05", channel="call"),
        Sent("09-17 08:50", channel="voicemail"),
        Sent("09-17 09:10"),
        Sent("09-18 13:30"),
        Sent("09-21 09:00", channel="call"),
        Sent("09-22 16:40"),
        Heard("09-23 10:30"),
    ),
    "rejected", "09-23 10:30",
)
DECLAN_AT_IT_AGAIN = Story(
    "Declan Marsh", "Gantry & Moss Supply", "Account executive", SAL,
    (
        Met("10-08 13:00", 45),
        Sent("10-08 15:20", "thank_you"),
        Sent("10-09 08:45", channel="call"),
        Sent("10-12 08:40", channel="voicemail"),
        Sent("10-12 08:55"),
        Sent("10-13 14:15"),
    ),
)

# Three rounds on one day and a single note that names none of them: it serves all three.
LAN_THREE_ROUNDS_ONE_NOTE = Story(
    "Nguyễn Lan", "Nimbuscove Systems", "Backend engineer", SOF,
    (
        Met("09-22 13:00", 30),
        Sent("09-22 16:40", "thank_you"),
        Heard("09-24 10:20"),
        Sent("09-24 11:00", "other"),
        Met("10-01 09:30", 45),
        Met("10-01 11:00", 45),
        Met("10-01 13:30", 60),
        Sent("10-01 17:15", "thank_you", unnamed=True),
        Sent("10-07 09:40"),
    ),
)
LAN_ON_MONDAY = Story(
    "Nguyễn Lan", "Papermoth Software", "Platform engineer", SOF,
    (
        Met("10-06 10:00", 30),
        Sent("10-06 15:50", "thank_you"),
        Heard("10-09 14:30"),
        Sent("10-09 15:10", "other"),
        Met("10-19 10:00", 90),
    ),
)

# The faculty search: a month between letters, and committees that name days far away.
HENRIETTA_PROMISED_NOVEMBER = Story(
    "Henrietta Vale", "Wexcombe University", "Assistant professor of history", UNI,
    (Met("09-17 14:00", 45, promised="11-16"), Sent("09-18 09:20", "thank_you")),
)
HENRIETTA_ON_CAMPUS = Story(
    "Henrietta Vale", "Northmere College", "Assistant professor", UNI,
    (
        Met("08-13 15:00", 30),
        Sent("08-13 19:30", "thank_you"),
        Heard("08-20 11:00"),
        Sent("08-20 15:25", "other"),
        Met("09-03 09:30", 90),
        Sent("09-03 20:10", "thank_you"),
        Met("09-04 10:00", 120),
        Sent("09-04 18:45", "thank_you"),
        Sent("10-05 10:15"),
    ),
)
HENRIETTA_IN_SPRING = Story(
    "Henrietta Vale", "Alder Valley State University", "Assistant professor", UNI,
    (
        Met("02-12 13:00", 45),
        Sent("02-12 17:20", "thank_you"),
        Heard("02-20 14:10"),
        Met("03-05 09:00", 120),
        Sent("03-05 19:40", "thank_you"),
        Met("03-06 09:00", 90, promised="04-15"),
        Sent("03-06 16:30", "thank_you"),
        Sent("04-17 10:05"),
        Heard("04-22 15:40"),
    ),
    "rejected", "04-22 15:40",
)

# Across a border: he lives by German days, the employer by British holidays.
TOBIAS_ACROSS_THE_SEA = Story(
    "Tobias Krähe", "Penhallow Wind Works", "Structural engineer", ENG,
    (
        Met("08-27 11:00", 45),
        Sent("08-27 16:15", "thank_you"),
        Sent("09-04 10:30"),
        Heard("09-09 12:20"),
        Met("10-07 15:00", 60),
        Sent("10-08 09:40", "thank_you"),
    ),
    country="GB",
)
TOBIAS_LET_IT_SLIP = Story(
    "Tobias Krähe", "Isarkiesel Antriebe", "Drive engineer", ENG,
    (Met("09-29 10:00", 60), Sent("09-30 09:10", "thank_you")),
)

# An interview this very morning: the note has until tomorrow morning.
PRIYA_THIS_MORNING = Story(
    "Priya Sundaram", "Saltmarsh Credit Union", "Finance analyst", FIN,
    (Met("10-14 09:00", 45, promised="10-30", debriefed=False),),
)

# The one who never thanks, not even when everything else is done on the day.
CALEB_NEVER_THANKS = Story(
    "Caleb Thorne", "Juniper Mesa Schools", "Physics teacher", SCH,
    (Met("10-09 10:00", 45),),
)
CALEB_CALLED_THOUGH = Story(
    "Caleb Thorne", "Larkspur Charter Academy", "Science teacher", SCH,
    (Met("09-21 15:30", 45), Sent("09-29 08:50", channel="call")),
)

# The late thanker: the note goes out, days after it should have.
INGRID_HAS_NOT_WRITTEN_YET = Story(
    "Ingrid Solvang", "Mercy Fold Hospital", "Ward nurse", NUR,
    (Met("10-12 13:00", 45, promised="10-26"),),
)
INGRID_THANKS_LATE = Story(
    "Ingrid Solvang", "Prairie Lantern Clinic", "Nurse practitioner", NUR,
    (
        Met("09-28 09:00", 60),
        Sent("10-01 20:15", "thank_you"),
        Sent("10-09 09:30", channel="call"),
    ),
)

# In Auckland it is tomorrow already, and its holidays are its own.
AROHA_IN_AUCKLAND = Story(
    "Aroha Tāwhai", "Kōwhai Freight Cooperative", "Operations manager", PRO,
    (Met("10-09 10:00", 60), Sent("10-09 15:45", "thank_you")),
)
AROHA_ACROSS_THE_TASMAN = Story(
    "Aroha Tāwhai", "Ponsard Rail Consortium", "Programme manager", PRO,
    (
        Met("10-06 11:00", 45),
        Sent("10-06 16:10", "thank_you"),
        Heard("10-12 13:20", "call"),
        Sent("10-12 14:00", "other"),
        Met("10-20 12:00", 90),
    ),
    country="AU",
)

# Imported in mid-search: before mid-June only days are known, and what is missing is unknown.
MARCUS_HALF_KNOWN = Story(
    "Marcus Bellweather", "Castelbrook Trust", "Credit analyst", FIN,
    (Met("04-14", None, debriefed=False), Heard("04-30")),
    "rejected", lead_up=False,
)
MARCUS_NEVER_CLOSED = Story(
    "Marcus Bellweather", "Bramblewick Capital", "Treasury analyst", FIN,
    (
        Met("05-19", None, debriefed=False),
        Heard("05-27"),
        Met("06-02", None, debriefed=False),
        Sent("06-03", "thank_you"),
    ),
    lead_up=False,
)
MARCUS_LET_GO_AT_IMPORT = Story(
    "Marcus Bellweather", "Ostler Savings Bank", "Loan officer", FIN,
    (Met("05-07", None, debriefed=False), Sent("05-20", channel="call")),
    "let_go", "06-16 10:00", lead_up=False,
)
MARCUS_OWES_A_NOTE_TODAY = Story(
    "Marcus Bellweather", "Whitlock Arbour Bank", "Treasury manager", FIN,
    (
        Met("09-30 14:00", 45),
        Sent("10-01 09:05", "thank_you"),
        Heard("10-06 15:35"),
        Met("10-13 16:00", 45, promised="10-28"),
    ),
)

# The model client: thanked within hours, all four questions asked, followed up on the day.
GRACE_DOES_IT_ALL = Story(
    "Grace Lindqvist", "Maplethorn Media", "Marketing director", MKT,
    (
        Met("09-22 10:00", 45, promised="09-29"),
        Sent("09-22 14:30", "thank_you"),
        Sent("09-23 12:00", "thank_you", "card"),
        Sent("10-01 09:30"),
        Heard("10-02 10:45", "call"),
        Sent("10-02 11:20", "other"),
        Met("10-09 13:00", 75, promised="10-23"),
        Sent("10-09 17:05", "thank_you"),
        Sent("10-10 11:00", "thank_you", "card"),
    ),
)

# Placed: three rounds, an offer, accepted; the file stays for the record.
OMAR_IS_PLACED = Story(
    "Omar Haddadin", "Solvane Robotics", "Senior mechanical engineer", ENG,
    (
        Met("06-25 09:30", 45),
        Sent("06-25 15:10", "thank_you"),
        Heard("06-30 11:30"),
        Met("07-08 13:00", 60),
        Sent("07-08 17:50", "thank_you"),
        Sent("07-15 10:10"),
        Heard("07-16 09:20", "call"),
        Met("07-20 10:00", 90, promised="07-24"),
        Sent("07-20 16:40", "thank_you"),
        Heard("07-22 15:05", "call"),
        Sent("07-22 16:30", "other", "call"),
    ),
    "offer", "07-22 16:30",
)

# Let go in September; on Monday they rang: the budget is there after all.
SINEAD_IS_CALLED_BACK = Story(
    "Sinéad Fallow", "Lockhamble Group", "Delivery manager", PRO,
    (
        Met("07-21 10:00", 45),
        Sent("07-21 15:00", "thank_you"),
        Heard("07-23 09:50"),
        Met("07-28 14:00", 60),
        Sent("07-29 09:15", "thank_you"),
        Sent("08-04 10:30"),
        Sent("08-11 11:10", channel="call"),
        Heard("10-12 10:30", "call"),
    ),
    "let_go", "09-04 16:00",
)
SINEAD_WAS_TOLD = Story(
    "Sinéad Fallow", "Mossgate Homes Partnership", "Project manager", PRO,
    (
        Met("09-17 11:00", 45),
        Sent("09-17 16:20", "thank_you"),
        Heard("09-21 10:15"),
        Met("09-28 13:30", 60),
        Sent("09-29 09:35", "thank_you"),
        Sent("10-05 10:05"),
        Heard("10-09 15:50"),
    ),
    "rejected", "10-09 15:50",
)

# Paused since September to look after a parent: what lapses meanwhile is on no agenda.
THEO_IS_PAUSED = Story(
    "Theo Abernethy", "The Pewter Ladle", "Head chef", FOO,
    (Met("09-10 15:00", 45), Sent("09-10 21:20", "thank_you")),
)

# Turned down, nobody remembers when: what was not done by then cannot be judged.
YUKI_UNDATED_REJECTION = Story(
    "Yuki Tanemori", "Halcyon Orrery", "Frontend engineer", SOF,
    (Met("06-09 10:00", 45), Heard("06-12 11:25", promised="06-19")),
    "rejected",
)
YUKI_TOO_SHY = Story(
    "Yuki Tanemori", "Ottercreek Data", "Web developer", SOF,
    (Met("09-23 13:30", 60), Sent("09-24 09:05", "thank_you")),
)
YUKI_NEXT_WEEK = Story(
    "Yuki Tanemori", "Lanternsquid Labs", "Test automation engineer", SOF,
    (
        Met("10-08 11:00", 30),
        Sent("10-08 16:25", "thank_you"),
        Heard("10-13 10:35"),
        Met("10-22 13:00"),
    ),
)

# The employer asked for something and still waits for it; at the other place since yesterday.
LUCIA_OWES_AN_ANSWER = Story(
    "Lucía Paredes", "Sandgrouse Regional Clinic", "Registered nurse", NUR,
    (
        Met("10-01 10:00", 45),
        Sent("10-01 14:30", "thank_you"),
        Heard("10-07 15:15", asks=True),
    ),
)
LUCIA_ASKED_YESTERDAY = Story(
    "Lucía Paredes", "Saint Orrin Hospital", "Emergency nurse", NUR,
    (
        Met("09-29 08:30", 60),
        Sent("09-29 18:00", "thank_you"),
        Sent("10-07 09:10", channel="voicemail"),
        Sent("10-07 09:35"),
        Heard("10-13 11:40", "call", asks=True),
    ),
)

# They promised an answer by the second of October. It has passed.
BJORN_WAITS_PAST_THE_PROMISE = Story(
    "Björn Askeland", "Frostline Telemetry", "Backend developer", SOF,
    (Met("09-24 14:00", 60, promised="10-02"), Sent("09-24 19:20", "thank_you")),
)
BJORN_THIS_AFTERNOON = Story(
    "Björn Askeland", "Cedarquay Instruments", "Systems engineer", ENG,
    (
        Met("10-02 10:00", 45),
        Sent("10-03 09:30", "thank_you"),
        Heard("10-07 13:45", "call"),
        Sent("10-07 14:10", "other"),
        Met("10-14 15:00", 60),
    ),
)

# A friend who works there says that nobody is hired before the board meets: held back until then.
BJORN_IS_HELD = Story(
    "Björn Askeland", "Tallowmere Controls", "Automation engineer", ENG,
    (
        Met("09-21 10:00", 60),
        Sent("09-21 17:10", "thank_you"),
        Sent("09-28 09:45"),
    ),
    held=(
        "10-26",
        "hiring is frozen until the board meets on 23 Oct, says a friend who works there",
    ),
)

# Her coach gave this one ten days: its committee meets every other week.
FATIMA_HAS_HER_OWN_WAIT = Story(
    "Fatima Zahiri", "Tidewell Asset Partners", "Senior analyst", FIN,
    (
        Met("09-10 09:30", 45),
        Sent("09-10 14:15", "thank_you"),
        Sent("09-21 10:20"),
        Heard("09-23 16:30"),
        Met("10-02 11:00", 60),
        Sent("10-03 10:40", "thank_you"),
    ),
    wait_days=10,
)

# Two follow-ups, weeks of silence: time to let it go.
FATIMA_SHOULD_LET_GO = Story(
    "Fatima Zahiri", "Brassbound Mutual", "Audit analyst", ACC,
    (
        Met("09-01 10:00", 45),
        Sent("09-01 13:50", "thank_you"),
        Sent("09-08 10:00"),
        Sent("09-15 09:40", channel="call"),
    ),
)
FATIMA_STARTS_AFRESH = Story(
    "Fatima Zahiri", "Mulberry Clearing House", "Risk manager", FIN,
    (
        Sent("09-28 11:40", "other", "other"),
        Heard("10-13 11:20"),
        Sent("10-13 12:05", "other"),
        Met("10-23 10:00"),
    ),
    lead_up=False,
)

# Gone quiet: nothing was written down for more than two weeks, and things are due.
JOSUE_WENT_QUIET = Story(
    "Josué Lacroix", "Marlinspike Office Supply", "Sales manager", SAL,
    (Met("09-25 09:00", 45), Sent("09-25 17:30", "thank_you")),
)
JOSUE_WENT_QUIET_HERE_TOO = Story(
    "Josué Lacroix", "Redfenn Packaging", "Key account manager", SAL,
    (
        Met("09-18 10:30", 30),
        Sent("09-18 15:45", "thank_you"),
        Sent("09-22 09:30", channel="call"),
        Heard("09-23 12:10"),
        Met("09-28 11:00", 60),
        Sent("09-28 16:00", "thank_you"),
    ),
)
JOSUE_IN_SUMMER = Story(
    "Josué Lacroix", "Thimble & Crane", "Sales representative", SAL,
    (
        Met("08-11 14:00", 45),
        Sent("08-13 11:00", "thank_you"),
        Sent("08-24 09:30", channel="call"),
        Heard("08-26 10:15"),
    ),
    "rejected", "08-26 10:15",
)

SEUN_WAITS = Story(
    "Seun Adebanjo", "Kestrelmoor Digital", "Infrastructure engineer", SOF,
    (
        Met("09-29 10:00", 30),
        Sent("09-29 12:40", "thank_you"),
        Heard("10-01 16:20"),
        Met("10-09 14:00", 90, promised="10-19"),
        Sent("10-09 18:10", "thank_you"),
    ),
)
# He liked them, but the commute was two hours: he said so, and thanked them.
SEUN_WITHDREW = Story(
    "Seun Adebanjo", "Inkwell Parade", "Delivery manager", PRO,
    (
        Met("09-22 11:00", 45),
        Sent("09-22 16:50", "thank_you"),
        Heard("09-25 10:10"),
        Sent("09-28 09:20", "other"),
    ),
    "withdrawn", "09-28 09:20",
)

# Cancelled twice by the restaurant, held at last: what never happened starts no clock.
SAMUEL_CANCELLED_TWICE = Story(
    "Samuel Ferro", "The Gilded Turnip", "Restaurant manager", FOO,
    (
        Met("09-17 10:00", None, cancelled=True),
        Met("09-29 10:00", None, cancelled=True),
        Met("10-07 10:00", 45),
        Sent("10-07 16:30", "thank_you"),
        Sent("10-12 14:20", channel="call"),
    ),
)
SAMUEL_LET_GO = Story(
    "Samuel Ferro", "Saffron Barge", "Floor manager", FOO,
    (
        Met("08-17 15:00", 30),
        Sent("08-18 10:15", "thank_you"),
        Sent("08-21 11:00", channel="call"),
        Sent("08-27 14:45"),
    ),
    "let_go", "09-09 10:00",
)
SAMUEL_CALLED_OFF = Story(
    "Samuel Ferro", "Hearthwick Inns", "Duty manager", FOO,
    (
        Heard("10-06 13:10", "call"),
        Heard("10-13 15:25"),
        Met("10-16 11:00", None, cancelled=True),
    ),
    lead_up=False,
)

# She has been thanked already, and the card is in the post.
NOOR_WROTE_AT_ONCE = Story(
    "Noor Castellane", "Willowquill Elementary", "Bilingual teacher", SCH,
    (
        Met("10-13 14:00", 45),
        Sent("10-13 18:25", "thank_you"),
        Sent("10-14 08:30", "thank_you", "card"),
    ),
)

# The hiring panel meets on Thursday evening: a call the morning after, whatever the field's wait.
NOOR_RINGS_ON_FRIDAY = Story(
    "Noor Castellane", "Pebblebrook Middle School", "Reading specialist", SCH,
    (Met("10-07 15:00", 45), Sent("10-07 18:40", "thank_you")),
    pinned=("10-16", "their panel meets on Thursday evening"),
)

# A field that the policy does not know: graded by its default, and said so.
WENDELL_CHANGES_FIELD = Story(
    "Wendell Pike", "Lantern Bridge Foundation", "Development officer", NON,
    (
        Met("09-24 10:00", 45),
        Sent("09-24 15:20", "thank_you"),
        Sent("09-30 09:50"),
        Heard("10-01 11:05"),
        Met("10-09 13:00", 60),
        Sent("10-10 10:30", "thank_you"),
    ),
)
WENDELL_ON_TIME = Story(
    "Wendell Pike", "Cogsworthy Fasteners", "Account manager", SAL,
    (
        Met("10-02 14:00", 45),
        Sent("10-02 18:15", "thank_you"),
        Sent("10-06 09:15", channel="call"),
        Heard("10-08 13:30", promised="10-15"),
    ),
)
WENDELL_WAS_SILENT = Story(
    "Wendell Pike", "Tallow & Reed Distributors", "Sales associate", SAL,
    (Met("05-19 11:00", 45), Sent("05-21 15:00", "thank_you")),
    "let_go", "06-16 09:30",
)
# fmt: on

STORIES = (
    AMARA_AT_QUILLMARK,
    PRIYA_AT_QUILLMARK,
    AMARA_HOLDS_A_PROMISE,
    AMARA_GOES_BACK_TOMORROW,
    AMARA_ANSWERED,
    ZOE_AND_HER_CARDS,
    ZOE_WAITS_FOR_A_DAY,
    DECLAN_OVER_CONTACTS,
    DECLAN_AT_IT_AGAIN,
    LAN_THREE_ROUNDS_ONE_NOTE,
    LAN_ON_MONDAY,
    HENRIETTA_PROMISED_NOVEMBER,
    HENRIETTA_ON_CAMPUS,
    HENRIETTA_IN_SPRING,
    TOBIAS_ACROSS_THE_SEA,
    TOBIAS_LET_IT_SLIP,
    PRIYA_THIS_MORNING,
    CALEB_NEVER_THANKS,
    CALEB_CALLED_THOUGH,
    INGRID_HAS_NOT_WRITTEN_YET,
    INGRID_THANKS_LATE,
    AROHA_IN_AUCKLAND,
    AROHA_ACROSS_THE_TASMAN,
    MARCUS_HALF_KNOWN,
    MARCUS_NEVER_CLOSED,
    MARCUS_LET_GO_AT_IMPORT,
    MARCUS_OWES_A_NOTE_TODAY,
    GRACE_DOES_IT_ALL,
    OMAR_IS_PLACED,
    SINEAD_IS_CALLED_BACK,
    SINEAD_WAS_TOLD,
    THEO_IS_PAUSED,
    YUKI_UNDATED_REJECTION,
    YUKI_TOO_SHY,
    YUKI_NEXT_WEEK,
    LUCIA_OWES_AN_ANSWER,
    LUCIA_ASKED_YESTERDAY,
    BJORN_WAITS_PAST_THE_PROMISE,
    BJORN_THIS_AFTERNOON,
    BJORN_IS_HELD,
    FATIMA_HAS_HER_OWN_WAIT,
    FATIMA_SHOULD_LET_GO,
    FATIMA_STARTS_AFRESH,
    JOSUE_WENT_QUIET,
    JOSUE_WENT_QUIET_HERE_TOO,
    JOSUE_IN_SUMMER,
    SEUN_WAITS,
    SEUN_WITHDREW,
    SAMUEL_CANCELLED_TWICE,
    SAMUEL_LET_GO,
    SAMUEL_CALLED_OFF,
    NOOR_WROTE_AT_ONCE,
    NOOR_RINGS_ON_FRIDAY,
    WENDELL_CHANGES_FIELD,
    WENDELL_ON_TIME,
    WENDELL_WAS_SILENT,
)
