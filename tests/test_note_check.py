"""The note check: it leaves good notes alone and finds what is wrong with bad ones."""

from pathlib import Path

import pytest

from coachkit import errors
from coachkit.notes import Finding, Known, check, known_of
from tests.notes_build import caseload

TEXTS = Path(__file__).parent / "note_texts"


def texts(name: str) -> list[tuple[str, list[str], str]]:
    """The kind, the expected rules and the text of every note in a file."""
    told = []
    for piece in (TEXTS / name).read_text(encoding="utf-8").split("=== ")[1:]:
        head, text = piece.split("\n", 1)
        kind, _, rules = head.partition(":")
        told.append((kind, rules.split(), text.strip()))
    return told


def serious(text: str, kind: str = "thank_you", known: Known | None = None) -> dict[str, Finding]:
    """The serious findings by their rule."""
    return {
        one.rule: one for one in reversed(check(text, kind, known)) if one.severity == "serious"
    }


GOOD, BAD = texts("good.txt"), texts("bad.txt")
FINE = (
    "Dear Ms. Adler,\n\nThank you for showing me the returns desk on Monday. I enjoyed it and "
    "would be glad to work with you.{}\n\nBest regards,\nRuth Okafor\n"
)


def test_there_are_enough_notes_to_tell() -> None:
    """Many voices on both sides."""
    assert len(GOOD) >= 90
    assert len(BAD) >= 90


@pytest.mark.parametrize(("kind", "rules", "text"), GOOD, ids=[one[2][:40] for one in GOOD])
def test_a_good_note_is_left_alone(kind: str, rules: list[str], text: str) -> None:
    """No serious finding."""
    assert serious(text, kind) == {}


@pytest.mark.parametrize(("kind", "rules", "text"), BAD, ids=[one[2][:40] for one in BAD])
def test_a_bad_note_is_caught_at_its_place(kind: str, rules: list[str], text: str) -> None:
    """By the rules that it breaks; every quote stands in the text, where it says."""
    found = serious(text, kind)
    assert set(rules) <= set(found)
    for one in check(text, kind):
        assert one.quote
        assert text[one.start :].startswith(one.quote)
        assert one.advice


@pytest.mark.parametrize(
    ("sentence", "rule", "quote"),
    [
        ("Please let me know by Friday.", "demand", "Please let me know by Friday."),
        ("I really need this job.", "desperation", "I really need this job."),
        ("Thanks for nothing.", "sarcasm", "Thanks for nothing."),
        ("You never called me back.", "accusation", "You never called me back."),
        ("I left a bottle of wine at your desk.", "gift", "I left a bottle of wine at your desk."),
        ("It was a damn good day.", "profanity", "It was a damn good day."),
        ("Did you get my email?", "chaser", "Did you get my email?"),
        ("I WANT THIS JOB SO MUCH.", "shouting", "I WANT THIS JOB SO MUCH."),
        ("I liked [topic].", "gap", "[topic]"),
        ("I liked {{topic}}.", "gap", "{{topic}}"),
        ("I liked {topic}.", "gap", "{topic}"),
        ("I liked ${visit.topic}.", "gap", "${visit.topic}"),
        ("We met on DD/MM/YYYY.", "gap", "DD/MM/YYYY"),
        ("My number is xxx-xxx-xxxx.", "gap", "xxx-xxx-xxxx"),
        ("I would join COMPANY_NAME.", "gap", "COMPANY_NAME"),
        ("I would gladly work at Company Name.", "gap", "Company Name"),
        ("I liked (insert what you talked about).", "gap", "(insert what you talked about)"),
        ("I also met Mr./Ms. Hale.", "gap", "Mr./Ms."),
        ("I decline to accept your rejection.", "sarcasm", None),
        ("I regret to inform you that you were not chosen.", "sarcasm", None),
        ("It was such a burden for you to write.", "sarcasm", None),
        ('Thank you for the "time", on Monday.', "sarcasm", None),
        ("Good luck rejecting other applicants.", "sarcasm", None),
        ("In the end you lose.", "sarcasm", None),
        ("Your process is a complete farce.", "accusation", None),
        ("Put yourself in my shoes.", "accusation", None),
        ("Why did you even invite me?", "accusation", None),
        ("To you I was just a number.", "accusation", None),
        ("The whole day felt fake.", "accusation", None),
        ("You were too busy to send a line.", "accusation", None),
        ("I will mention it to your boss.", "accusation", None),
        ("Your lack of courtesy tells me enough.", "accusation", None),
        ("You stopped caring after lunch.", "accusation", None),
        ("I would appreciate the courtesy of a reply.", "accusation", None),
        ("Kindly offer an explanation why I was not chosen.", "accusation", None),
        ("Such treatment is inexcusable.", "accusation", None),
        ("I think you'll agree I'm perfect for it.", "presumption", None),
        ("I swear I will not let you down.", "desperation", None),
        (
            "See https://a.org/1 https://a.org/2 https://a.org/3",
            "too_many_samples",
            "https://a.org/3",
        ),
        ("I hope u liked it.", "texting", "I hope u liked it."),
    ],
)
def test_one_bad_sentence_in_a_fine_note_is_found_and_quoted(
    sentence: str, rule: str, quote: str | None
) -> None:
    """And it is the only serious finding; where no quote is named, the sentence is quoted."""
    assert serious(FINE.format("")) == {}
    found = serious(FINE.format(f" {sentence}"))
    assert list(found) == [rule]
    assert found[rule].quote == (quote or sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I am looking forward to your decision by Friday as you mentioned.",
        "You said that I would hear from you by Friday.",
        "They have asked me to answer by Friday.",
        "I will send the references by Friday.",
        "If you need anything else before Friday, please let me know.",
        "We talked about the wine list that you are bringing to the team.",
        "Thank you for the coffee and the cookies.",
        "I work with AWS, SQL and R every day.",
        "Your question about a rude guest made me think.",
        "The IT department and the US office impressed me.",
        "There is no hurry on my side.",
        "I know that you must be very busy.",
        "You never know what the next audit brings.",
        "Please choose a time that suits you.",
        "The budget of 2019 [1] is online.",
        "I was grateful for the courtesy of your staff, and for the company.",
        "I know what it means to walk in a nurse's shoes.",
        "I used to send generic letters to customers; yours read better.",
        "I regret that I cannot come on Tuesday.",
        "The position (nights) and the role (lead) both appeal to me.",
        "The name of the company had puzzled me until you told the story.",
        "At the fair we were too busy to take notes.",
        "I can only imagine how busy it is in the first week.",
        "If I do not hear from you by the end of next week, I will follow up with a short call.",
        "I would do whatever it takes to make the new desk work.",
        "I am sorry that the new date was such an inconvenience for you.",
        "I know you were too busy to talk for long on Tuesday.",
        "You told me that the money is better spent on your staff.",
        "You said that your archive is a mess, and I would love to sort it.",
        "I want to work where I am not just a number.",
        "My former manager would hire me again.",
        "I believe you will agree that I am well prepared for the night desk.",
        "I know how to help patients failing to respond to a treatment.",
        "I gave too short an explanation of why I left Quillmark.",
    ],
)
def test_a_harmless_sentence_is_not_scolded(sentence: str) -> None:
    """Words that hurt elsewhere, and do not here."""
    assert serious(FINE.format(f" {sentence}")) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for the interview yesterday, Ada. I liked the new press.",
        "Thanks, Ada, for the interview and the tour of the press room.",
        "Hi, Mr. Osei. I enjoyed our talk about the night shift and the new press.",
    ],
)
def test_a_name_behind_the_thanks_or_a_title_is_a_greeting(text: str) -> None:
    """A short message that names whom it thanks is not sent to nobody."""
    assert serious(text) == {}


def test_a_letter_begins_at_its_greeting_and_ends_with_a_name_above_the_address() -> None:
    """Addresses above it and how to reach the writer are no part of the note."""
    head = "14 Quay Street\nHarwich\n\n3 May 2027\n\nMs. Edith Vane\nLowmoor House\n\n"
    note = f"{head}{FINE.format('')}".replace("Best regards,\nRuth Okafor", "Ruth Okafor, RN")
    assert check(f"{note}ruth.okafor@example.org\n", "thank_you") == []
    assert check(f"{note}+1 555 010 4477\n", "thank_you") == []


@pytest.mark.parametrize("greeting", ["Dear Ms.", "Dear Ms. Recruiter", "Dear Mr. Manager"])
def test_a_title_alone_names_nobody(greeting: str) -> None:
    """It is told, with the greeting."""
    found = {one.rule: one for one in check(f"{greeting},\n\nThank you.\n\nRuth")}
    assert found["no_name"].quote.startswith(greeting.rstrip("."))


def test_a_device_signature_is_found_behind_the_name() -> None:
    """Where it always stands."""
    assert (
        serious(FINE.format("") + "\nSent from my iPhone")["device"].quote == "Sent from my iPhone"
    )


def test_links_in_a_signature_are_no_samples() -> None:
    """Only the body's count."""
    links = "".join(f"\nhttps://example.com/{number}" for number in range(4))
    assert serious(FINE.format("") + links) == {}


def test_a_note_may_be_too_long_for_its_kind() -> None:
    """A little is a hint, far is serious; a card sooner than an e-mail."""
    filler = " The desk is run with great care by your people." * 40
    assert "too_long" in serious(FINE.format(filler))
    some = FINE.format(" The desk is run with great care by your people." * 8)
    assert serious(some) == {}
    assert "too_long" in {one.rule for one in check(some, "card")}


def test_another_employers_name_is_a_slip() -> None:
    """Found wherever it stands, if the caseload is known."""
    known = Known(employer="Northwind", others=("Southwind",), people=("Lena Adler",))
    assert serious(FINE.format(" I would like to join Northwind."), known=known) == {}
    found = serious(FINE.format(" I would like to join Southwind."), known=known)
    assert found["wrong_company"].quote == "Southwind"


@pytest.mark.parametrize(
    "sentences",
    [
        "The clerk's job at Northwind appeals to me. I have always wanted to work for Southwind.",
        "I liked everyone at Northwind Traders. I would be thrilled to join Southwind.",
        "Thank you for the interview today at Bank of Ohio. I see a career at Southwind.",
    ],
)
def test_a_note_about_two_employers_was_written_for_one_of_them(sentences: str) -> None:
    """No caseload is needed to see that."""
    assert serious(FINE.format(f" {sentences}"))["wrong_company"].quote == "Southwind"


@pytest.mark.parametrize(
    "sentences",
    [
        "The job at Northwind Traders appeals to me. I would like to work for Northwind.",
        "The post at General Electric appeals to me. I would like to work for GE.",
        "The post at Northwind appeals to me. In my role at Southwind I kept the books.",
        "I was glad of the interview at Leeds. I would like to join Northwind at Leeds.",
        "Thank you for the interview with Tom and Sue. I would like to join Northwind.",
        "The post at Lincoln Middle School appeals to me. I would be proud to join Jefferson.",
        "The role at Northwind appeals to me. I would like to work for Ms. Adler.",
        "The role at Northwind appeals to me. I have an offer to work for Southwind.",
    ],
)
def test_two_names_may_be_of_one_employer(sentences: str) -> None:
    """Or of a place, a person, a school of a district, an employer of earlier days."""
    assert "wrong_company" not in serious(FINE.format(f" {sentences}"))


def test_a_greeting_to_somebody_met_elsewhere_is_a_slip() -> None:
    """To somebody unknown it is a hint."""
    known = Known(people=("Dana Whitfield",), strangers=("Lena Adler",))
    assert serious(FINE.format(""), known=known)["wrong_person"].quote == "Dear Ms. Adler,"
    hints = check(FINE.format(""), known=Known(people=("Dana Whitfield",)))
    assert ("wrong_person", "hint") in {(one.rule, one.severity) for one in hints}


def test_the_caseload_knows_whom_a_note_is_for() -> None:
    """Who was met there, who was met elsewhere, and the other employers."""
    own = caseload(
        more={
            "opportunities": [
                {
                    "opportunity_id": 2,
                    "client_id": 1,
                    "employer": "Southwind",
                    "role": "Clerk",
                    "field": "x",
                    "outcome": "open",
                }
            ],
            "interviews": [
                {"interview_id": 12, "opportunity_id": 2, "held_at": "2026-10-26T15:00:00+00:00"}
            ],
            "interviewers": [{"interviewer_id": 29, "interview_id": 12, "name": "Lena Adler"}],
        }
    )
    assert known_of(own, interview_id=11) == Known(
        "Northwind", ("Southwind",), ("Dana Whitfield",), ("Lena Adler",)
    )


def test_what_is_for_the_client_is_checked_for_little() -> None:
    """A weekly message thanks nobody and may say who is due."""
    assert check("Hi Ann,\n\nNext: the thank-you to Northwind by Friday.\n\nRosa", "weekly") == []
    assert serious("Hi Ann,\n\nThe [thing].\n\nRosa", "weekly")


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "?", "[", "Dear", "Dear ,\n", "😀" * 500, "a" * 20_000]
)
def test_any_text_can_be_checked(text: str) -> None:
    """Even none."""
    for kind in ("thank_you", "follow_up", "card", "call", "closing", "weekly"):
        for one in check(text, kind):
            assert text[one.start :].startswith(one.quote)


def test_findings_come_in_order() -> None:
    """Serious ones first, then as they stand in the text; none twice."""
    found = check(
        "hey\n\nDid you get my email? I NEED THIS JOB NOW!!!\n\nSent from my iPhone", "follow_up"
    )
    order = [(one.severity != "serious", one.start) for one in found]
    assert order == sorted(order)
    assert len({(one.rule, one.start) for one in found}) == len(found)


def test_an_unknown_kind_is_refused() -> None:
    """With the kinds that there are."""
    with pytest.raises(errors.UnknownWord, match="no kind of note 'poem'"):
        check("x", "poem")
