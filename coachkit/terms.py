"""The nomenclature: every table, column, unit and allowed word, defined once.

Times that end in ``_at`` are instants (timezone-aware, stored in UTC, microseconds); days that end
in ``_on``, and ``promised_by``, are local days in the client's time zone; spans end in ``_days``,
``_hours`` or ``_weeks``. Source: follow-up rules §1 and §2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "id", "instant", "day", "number", "flag", "choice", "label", "zone", "country", "text"
]

#: What a column of each kind is stored as. ``choice`` and ``label`` columns repeat a few words many
#: times, so they are categorical; a ``choice`` may hold only the words in ``Column.allowed``.
DTYPES: dict[Kind, str] = {
    "id": "Int64",
    "instant": "datetime64[us, UTC]",
    "day": "datetime64[us]",
    "number": "Int64",
    "flag": "boolean",
    "choice": "category",
    "label": "category",
    "zone": "category",
    "country": "category",
    "text": "str",
}

#: Instants and days outside these years are refused: they are typing errors, not interviews.
FIRST_YEAR, LAST_YEAR = 1900, 2199
#: No wait, window, grace or limit may be longer than this.
LONGEST_SPAN = 10_000

STATUSES = ("active", "paused", "placed", "archived")
OUTCOMES = ("open", "offer", "rejected", "withdrawn", "let_go")
DIRECTIONS = ("out", "in")
CHANNELS = ("email", "call", "voicemail", "card", "text", "other")
OUTBOUND_KINDS = ("thank_you", "follow_up", "answer", "other")
INBOUND_KINDS = ("reply",)
KINDS = OUTBOUND_KINDS + INBOUND_KINDS
TREATMENTS = ("modify", "correct", "amplify")
FORMALITIES = ("formal", "warm", "plain")
PACES = ("relaxed", "moderate", "brisk", "aggressive")

DUTIES = ("thank_you", "follow_up")
ENDINGS = ("interview", "inbound", "thank_you", "answer", "other", "follow_up", "outcome")
VERDICTS = (
    "on_time",
    "late",
    "missed",
    "too_soon",
    "too_many",
    "due",
    "overdue",
    "waiting",
    "superseded",
    "not_needed",
    "unknown",
)
STATES = (
    *OUTCOMES[1:],
    "scheduled",
    "new",
    "held",
    "answer",
    "waiting",
    "due",
    "overdue",
    "holding",
)
ACTIONS = (
    "answer",
    "thank_you",
    "follow_up",
    "prepare",
    "debrief",
    "ask_client",
    "let_go",
    "card",
)
URGENCIES = ("overdue", "today", "this_week", "later")

#: The four closing questions, asked before leaving every interview, by the column of their answer.
CLOSING_QUESTIONS = {
    "answer_fit": "How do you see my qualifications for this position?",
    "answer_steps": "Which steps remain before an offer?",
    "answer_more": "Is there anything else I can provide?",
    "answer_timeline": "What is your timeline, and when can I expect to hear back?",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind (see ``DTYPES``), what it means, and what it may hold."""

    name: str
    kind: Kind
    meaning: str
    optional: bool = False
    allowed: tuple[str, ...] = ()
    refers_to: str | None = None

    @property
    def dtype(self) -> str:
        """The pandas dtype that the column is stored as."""
        return DTYPES[self.kind]


@dataclass(frozen=True)
class Table:
    """One table: what a row is, and its columns in order, the first being its id."""

    name: str
    row: str
    columns: tuple[Column, ...]

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    @property
    def key(self) -> str:
        """The column that identifies a row."""
        return self.columns[0].name


def _col(
    name: str,
    kind: Kind,
    meaning: str,
    *,
    optional: bool = False,
    allowed: tuple[str, ...] = (),
    refers_to: str | None = None,
) -> Column:
    return Column(name, kind, meaning, optional, allowed, refers_to)


CLIENTS = Table(
    "clients",
    "a client",
    (
        _col("client_id", "id", "the client"),
        _col("name", "text", "what the coach calls them"),
        _col("coach", "label", "who coaches them", optional=True),
        _col("timezone", "zone", "IANA time zone in which their days are counted"),
        _col(
            "country", "country", "holiday calendar (US, US-CA); null: weekends only", optional=True
        ),
        _col(
            "tracked_since",
            "instant",
            "from when everything is written down; null: always",
            optional=True,
        ),
        _col("status", "choice", "null: active", optional=True, allowed=STATUSES),
        _col("greeting", "text", "how their notes begin, such as Dear", optional=True),
        _col("sign_off", "text", "how their notes end, such as Kind regards", optional=True),
        _col("formality", "choice", "the voice of their notes", optional=True, allowed=FORMALITIES),
    ),
)

OPPORTUNITIES = Table(
    "opportunities",
    "a client × a role at an employer",
    (
        _col("opportunity_id", "id", "the opportunity"),
        _col("client_id", "id", "whose it is", refers_to="clients"),
        _col("employer", "text", "who hires"),
        _col("role", "text", "for what"),
        _col("field", "label", "the field whose waits hold"),
        _col("country", "country", "the employer's holidays; null: the client's", optional=True),
        _col(
            "wait_days",
            "number",
            "the coach's own wait for this one, in calendar days",
            optional=True,
        ),
        _col("outcome", "choice", "how it ended, or open", allowed=OUTCOMES),
        _col("outcome_at", "instant", "when; null with an outcome: day unknown", optional=True),
        _col("hold_until", "day", "snoozed: nothing is to be done before it", optional=True),
        _col("hold_reason", "text", "why it is snoozed", optional=True),
        _col("follow_up_on", "day", "pinned: the coach's own follow-up day", optional=True),
        _col("follow_up_reason", "text", "why it is pinned", optional=True),
        _col("applied_on", "day", "when the client applied", optional=True),
        _col("link", "text", "where the role is described", optional=True),
        _col("location", "text", "where the work is", optional=True),
        _col("outcome_words", "text", "how it ended, in the words it came in", optional=True),
        _col("notes", "text", "what else was written beside it", optional=True),
    ),
)

INTERVIEWS = Table(
    "interviews",
    "a visit held or planned",
    (
        _col("interview_id", "id", "the interview"),
        _col("opportunity_id", "id", "which opportunity", refers_to="opportunities"),
        _col("held_at", "instant", "when it begins"),
        _col("ended_at", "instant", "when it ended", optional=True),
        _col("time_known", "flag", "false: only the day is known; null: true", optional=True),
        _col("cancelled", "flag", "true: it never happened; null: false", optional=True),
        _col("promised_by", "day", "the day by which they said they would answer", optional=True),
        *(_col(name, "text", asked, optional=True) for name, asked in CLOSING_QUESTIONS.items()),
    ),
)

CONTACTS = Table(
    "contacts",
    "a touch, either way",
    (
        _col("contact_id", "id", "the contact"),
        _col("opportunity_id", "id", "which opportunity", refers_to="opportunities"),
        _col(
            "interview_id", "id", "which interview, if one", optional=True, refers_to="interviews"
        ),
        _col("at", "instant", "when"),
        _col("time_known", "flag", "false: only the day is known; null: true", optional=True),
        _col("direction", "choice", "out: client to employer", allowed=DIRECTIONS),
        _col("channel", "choice", "by what", allowed=CHANNELS),
        _col("kind", "choice", "in: always reply", allowed=KINDS),
        _col("promised_by", "day", "inbound: the day by which they will answer", optional=True),
        _col("needs_answer", "flag", "inbound: the employer asked for something", optional=True),
        _col("text", "text", "what was written or said", optional=True),
    ),
)

INTERVIEWERS = Table(
    "interviewers",
    "a person met at a visit",
    (
        _col("interviewer_id", "id", "the person at this visit"),
        _col("interview_id", "id", "which interview", refers_to="interviews"),
        _col("name", "text", "their name", optional=True),
        _col("role", "text", "their role", optional=True),
        _col("email", "text", "their address", optional=True),
        _col("topics", "text", "what was discussed", optional=True),
    ),
)

WORK_SAMPLES = Table(
    "work_samples",
    "a sample of a client's work",
    (
        _col("sample_id", "id", "the sample"),
        _col("client_id", "id", "whose work", refers_to="clients"),
        _col("title", "text", "what it is called", optional=True),
        _col("location", "text", "where it lies", optional=True),
        _col("confidential", "flag", "null: unknown, treated as confidential", optional=True),
    ),
)

KEY_ANSWERS = Table(
    "key_answers",
    "a key interview question",
    (
        _col("key_answer_id", "id", "the question"),
        _col("interview_id", "id", "at which interview", refers_to="interviews"),
        _col("question", "text", "what was asked", optional=True),
        _col("answer_given", "text", "what the client said", optional=True),
        _col("treatment", "choice", "how to better it", optional=True, allowed=TREATMENTS),
        _col("better_answer", "text", "what the client would say now", optional=True),
    ),
)

NOTES = Table(
    "notes",
    "what a coach wrote down on a client",
    (
        _col("note_id", "id", "the note"),
        _col("client_id", "id", "on whom", refers_to="clients"),
        _col("opportunity_id", "id", "on which, if one", optional=True, refers_to="opportunities"),
        _col("written_at", "instant", "when"),
        _col("private", "flag", "null: unknown, treated as private", optional=True),
        _col("text", "text", "what was written", optional=True),
    ),
)

AGREED_ACTIONS = Table(
    "agreed_actions",
    "an action agreed in a session",
    (
        _col("action_id", "id", "the action"),
        _col("client_id", "id", "who does it", refers_to="clients"),
        _col("agreed_at", "instant", "when it was agreed"),
        _col("text", "text", "what is to be done", optional=True),
        _col("due_on", "day", "by when", optional=True),
        _col("done_at", "instant", "when it was done; null: not yet", optional=True),
    ),
)

#: Every table of a caseload; a table may refer only to tables above it.
TABLES = {
    table.name: table
    for table in (
        CLIENTS,
        OPPORTUNITIES,
        INTERVIEWS,
        CONTACTS,
        INTERVIEWERS,
        WORK_SAMPLES,
        KEY_ANSWERS,
        NOTES,
        AGREED_ACTIONS,
    )
}
#: Tables without which there is no caseload; the others may be left out and are then empty.
REQUIRED_TABLES = ("clients", "opportunities", "interviews", "contacts")

#: The policy's columns (follow-up rules §2). A cell that is missing takes ``POLICY_DEFAULTS``.
POLICY = Table(
    "fields",
    "a field's waits from an instant on",
    (
        _col("field", "text", "the field; `default` holds for fields without rows"),
        _col("effective_from", "instant", "from when; null: always", optional=True),
        _col("pace", "choice", "how forward the field is", optional=True, allowed=PACES),
        _col("wait_days", "number", "calendar days before the first follow-up", optional=True),
        _col(
            "later_wait_days",
            "number",
            "calendar days after an unanswered follow-up",
            optional=True,
        ),
        _col("window_days", "number", "business days that still count as on time", optional=True),
        _col("max_unanswered", "number", "follow-ups without an answer, at most", optional=True),
        _col("let_go_weeks", "number", "weeks of silence after which to let go", optional=True),
        _col("promise_grace_days", "number", "calendar days past a promised day", optional=True),
        _col("thank_you_hours", "number", "hours for the thank-you to go out", optional=True),
        _col("channels", "text", "channels to suggest, first follow-up first", optional=True),
    ),
)
POLICY_DEFAULTS: dict[str, str | int] = {
    "pace": "moderate",
    "wait_days": 5,
    "later_wait_days": 7,
    "window_days": 2,
    "max_unanswered": 2,
    "let_go_weeks": 4,
    "promise_grace_days": 1,
    "thank_you_hours": 24,
    "channels": "email call",
}
DEFAULT_FIELD = "default"
