"""What a coach keeps beside the searches of the sample practice: voices, notes, agreed actions.

Everybody here is made up. Days are written month-day, of the year 2026, and times are local to the
client: ``"10-08 14:00"``.
"""

from dataclasses import dataclass

#: How a client's notes begin and end, and how formal they are; who is not here has not said.
VOICES = {
    "Amara Osei": ("Dear", "Kind regards,", "formal"),
    "Zoë Martínez": ("Hello", "Warmly,", "warm"),
    "Declan Marsh": ("Hi", "Thanks again,", "plain"),
    "Henrietta Vale": ("Dear", "With best regards,", "formal"),
    "Tobias Krähe": ("Dear", "Kind regards,", "formal"),
    "Priya Sundaram": ("Hello", "Best wishes,", "warm"),
    "Grace Lindqvist": ("Dear", "With thanks,", "warm"),
    "Sinéad Fallow": ("Hello", "All the best,", "plain"),
    "Fatima Zahiri": ("Dear", "Sincerely,", "formal"),
}


@dataclass(frozen=True)
class Session:
    """A coaching session: what was noted, and what was agreed until the next."""

    client: str
    at: str
    note: str
    private: bool
    agreed: tuple[tuple[str, str, str | None], ...] = ()  # what, by which day, done when


SESSIONS = (
    Session(
        *("Amara Osei", "09-30 17:00", "Prefers to write on the train home.", False),
        (("Write down who was met before leaving the building", "10-09", "10-08 18:30"),),
    ),
    Session(
        *("Amara Osei", "10-12 17:00", "Two employers ask for the same week; likes both.", False),
        (("Take the four closing questions along tomorrow", "10-15", None),),
    ),
    Session(
        *("Zoë Martínez", "09-22 10:00", "Her cards get answered; keep at it.", False),
        (("Buy plain cards that fit a small envelope", "09-30", "09-25 12:00"),),
    ),
    Session(
        *("Declan Marsh", "09-08 16:00", "Calls out of worry, not out of a plan.", True),
        (("Ask before the third call to one employer", "10-01", None),),
    ),
    Session(
        *("Declan Marsh", "10-06 16:00", "Agreed that one unanswered follow-up is enough.", False),
        (("Put the phone down until the day on the agenda", "10-20", None),),
    ),
    Session(
        *("Nguyễn Lan", "09-15 09:30", "Three rounds in a day went well; tired after.", False),
        (("Send one note that names all three people", "09-18", "09-17 20:00"),),
    ),
    Session(
        *(
            "Henrietta Vale",
            "08-19 11:00",
            "Committees are slow; silence means little.",
            False,
        ),
        (("List the talks that the committee has not seen", "09-01", "08-29 15:00"),),
    ),
    Session(
        *("Tobias Krähe", "09-10 18:00", "Moves for the right post; family has not decided.", True),
        (("Ask for the time zone of every call", "09-20", "09-12 09:00"),),
    ),
    Session(
        *("Priya Sundaram", "10-13 12:00", "Interview tomorrow morning; ready.", False),
        (("Choose one slide deck to send along", "10-16", None),),
    ),
    Session(
        *("Caleb Thorne", "09-03 15:00", "Thinks that thanks look weak. Not convinced yet.", True),
        (("Write one thank-you and see what comes back", "09-24", None),),
    ),
    Session(
        *(
            "Ingrid Solvang",
            "09-17 13:00",
            "Notes wait for the weekend; try that evening.",
            False,
        ),
        (
            ("Block half an hour after every interview", "10-01", "09-21 08:00"),
            ("Keep three first sentences at hand", "10-08", None),
        ),
    ),
    Session(
        *("Aroha Tāwhai", "09-24 10:00", "Happy to be called early in the day.", False),
        (("Say at the end of each call when she can be reached", "10-02", "09-30 11:00"),),
    ),
    Session(
        *(
            "Marcus Bellweather",
            "06-15 09:00",
            "Brought a list without dates of thanks.",
            False,
        ),
        (("Write everything down from today on", "06-30", "06-29 19:00"),),
    ),
    Session(
        *("Grace Lindqvist", "09-29 14:00", "Does it all; talk about offers next.", False),
        (("Compare the two offers on one page", "10-15", None),),
    ),
    Session(
        *("Sinéad Fallow", "10-01 12:30", "Was told a day; will wait for it.", False),
        (("Read the team's latest report before the second visit", "10-13", "10-11 10:00"),),
    ),
    Session(
        *("Theo Abernethy", "09-02 17:30", "Pauses until his father is out of hospital.", True),
        (("Tell both employers that he pauses", "09-05", "09-04 10:00"),),
    ),
    Session(
        *(
            "Yuki Tanemori",
            "09-21 16:00",
            "Finds the second note hard; wrote it together.",
            False,
        ),
        (("Send the follow-up on the day, not after it", "10-05", None),),
    ),
    Session(
        *("Lucía Paredes", "10-07 09:00", "The employer asked for two references.", False),
        (("Ask both referees before giving their names", "10-12", "10-10 17:00"),),
    ),
    Session(
        *("Björn Askeland", "09-25 11:00", "Plant visits tell him more than talks.", False),
        (("Ask to see the line at the next visit", "10-30", None),),
    ),
    Session(
        *("Fatima Zahiri", "10-02 08:30", "Her current manager must not hear of it.", True),
        (("Use the private address for every note", "10-03", "10-02 20:00"),),
    ),
    Session(
        *("Josué Lacroix", "09-11 18:30", "Short on time in September.", False),
        (("Thank within the day, if only in three lines", "10-11", None),),
    ),
    Session(
        *("Seun Adebanjo", "09-28 13:00", "The panel liked the case study.", False),
        (("Take the client's name out of the case study", "10-05", "10-03 21:00"),),
    ),
    Session(
        *("Wendell Pike", "06-01 10:00", "Starts over: every note within the day.", False),
        (("Keep the card with the four questions in the jacket", "06-08", "06-03 09:00"),),
    ),
    Session(
        *("Noor Castellane", "10-05 15:00", "Nonprofits answer by phone, she says.", False),
        (("Ask each employer how they prefer to be reached", "10-19", None),),
    ),
)
