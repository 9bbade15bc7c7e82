"""Notes: what they say, what they leave open, and that no two of them sound alike."""

import re
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import coachkit as ck
from coachkit import errors, terms
from coachkit.notes import NOTE_KINDS, Note, Wanted, check, compose, compose_each, must_be_ready
from tests.notes_build import AS_OF, CLOSE, HELD, LINKED_SAMPLE, OPEN_SAMPLE, caseload, policy

NAMES = ("Dana Whitfield", "Ravi Menon", "Lucy Ortiz", "Per Dahl")


def note(
    kind: str = "thank_you", pace: str = "moderate", *, as_of: str = AS_OF, **asked: Any
) -> Note:
    """A note of a kind from a caseload in words; what is asked of the note itself goes along."""
    own = {name: asked.pop(name) for name in ("samples_named", "answers") if name in asked}
    wanted = Wanted(kind, samples=own.get("samples_named"), answers=own.get("answers", {}))
    return compose(caseload(**asked), policy(pace), wanted, as_of=as_of)


def sentences(text: str) -> set[str]:
    """The sentences of a note's body."""
    body = "\n\n".join(text.split("\n\n")[1:-1])
    return {one.strip() for one in re.split(r"(?<=[.?!])\s+", body) if one.strip()}


# -- what a thank-you says -----------------------------------------------------------------------


def test_a_thank_you_with_all_its_facts_is_ready() -> None:
    """Name, subject, answer, sample: nothing is left to ask, and the check is content."""
    written = note(samples=(LINKED_SAMPLE,), key_answers=(CLOSE,))
    assert written.ready
    assert not written.gaps
    assert written.recipient == "Dana Whitfield"
    assert written.address == "dana@example.com"
    for said in (
        "the audit in March",
        "How do you shorten a close?",
        "The checklist took our close from nine days to six.",
        "“Talk on controls” (https://example.org/controls)",
        "Northwind",
        "Ann Lee",
    ):
        assert said in f"{written.subject}\n{written.text}", said
    assert [one for one in check(written) if one.severity == "serious"] == []


@pytest.mark.parametrize(
    ("people", "key", "question"),
    [
        ((), "interviewer", "Whom did you meet at Northwind?"),
        (({"name": "Dana Whitfield"},), "topics", "What did you discuss with Dana Whitfield?"),
    ],
)
def test_a_missing_fact_is_a_gap_with_its_question(
    people: tuple[dict[str, str], ...], key: str, question: str
) -> None:
    """It stands in the text, in brackets, and the note is not ready."""
    written = note(people=people, samples=(OPEN_SAMPLE,), key_answers=(CLOSE,))
    assert question in {gap.question for gap in written.gaps if gap.key == key}
    assert f"[{question}]" in written.text
    assert not written.ready
    with pytest.raises(errors.UnclearNote, match=re.escape(question)):
        must_be_ready(written)


def test_an_answer_fills_its_gap() -> None:
    """What the client says takes the question's place."""
    written = note(people=(), answers={"interviewer": "Dr. Amy Chen", "topics": "Controls."})
    assert "Hello Dr. Chen," in written.text
    assert "controls" in written.text.lower()
    assert written.recipient == "Dr. Amy Chen"
    assert {gap.key for gap in written.gaps} == {"answer", "sample"}


def test_an_optional_gap_is_left_out_by_an_empty_answer() -> None:
    """A note without a sample is a note; one without a name is none."""
    written = note(answers={"sample": "", "answer": ""})
    assert written.ready
    assert "[" not in written.text
    nameless = note(
        people=(), answers={"interviewer": "", "topics": "x", "sample": "", "answer": ""}
    )
    assert [gap.key for gap in nameless.gaps] == ["interviewer"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Two references, one of them a former manager.", "two references, one of them a former"),
        ("They would like to see the certificate.", "the certificate"),
        ("Copy of the licence", "a copy of the licence"),
    ],
)
def test_what_else_they_asked_for_is_provided(answer: str, said: str) -> None:
    """“Is there anything else I can provide?” becomes what is provided."""
    written = note(interview={"answer_more": answer})
    assert said in written.text
    assert written.provides
    assert written.provides[0].startswith(said)


@pytest.mark.parametrize(
    "answer", ["No, they have all they need.", "Nothing now.", "not asked", "-"]
)
def test_nothing_asked_for_is_nothing_promised(answer: str) -> None:
    """A no is not sent along."""
    written = note(interview={"answer_more": answer})
    assert written.provides == ()
    assert not re.search(r"you asked|asked for|sending", written.text)


def test_a_doubt_becomes_the_answer_to_amplify() -> None:
    """The note speaks to it, with the question for what the client would say."""
    written = note(
        interview={"answer_fit": "Strong on the close, less sure about consolidation."},
        answers={"sample": ""},
    )
    assert "consolidation" in written.text
    (gap,) = written.gaps
    assert gap.key == "doubt"
    assert "less sure about consolidation" in gap.question
    filled = note(
        interview={"answer_fit": "Strong on the close, less sure about consolidation."},
        answers={"sample": "", "doubt": "I consolidated four firms last year"},
    )
    assert filled.ready
    assert "I consolidated four firms last year." in filled.text


def test_a_key_answer_on_the_doubt_answers_it() -> None:
    """The better answer that concerns it is taken, and no gap is left."""
    written = note(
        interview={"answer_fit": "They worry about consolidation."},
        key_answers=(
            CLOSE,
            {
                "question": "What about consolidation?",
                "treatment": "correct",
                "better_answer": "I consolidated four firms.",
            },
        ),
        answers={"sample": ""},
    )
    assert written.ready
    assert "I consolidated four firms." in written.text
    assert "nine days to six" not in written.text, "one answer, not two"


@pytest.mark.parametrize(
    "answer",
    [
        "Chair said the job talk answered the doubts about method.",
        "My work is just what the desk lacks.",
        "A clear yes.",
        "No concerns at all.",
        "Thinks my field work makes up for the missing software.",
    ],
)
def test_praise_is_no_doubt(answer: str) -> None:
    """What was answered, or never was, is not brought up."""
    written = note(interview={"answer_fit": answer}, key_answers=(CLOSE,))
    assert "doubt" not in {gap.key for gap in written.gaps}
    assert CLOSE["better_answer"] in written.text


@pytest.mark.parametrize("treatment", [*terms.TREATMENTS, None])
def test_each_treatment_has_words_of_its_own(treatment: str | None) -> None:
    """To correct is said otherwise than to amplify."""
    written = note(key_answers=(CLOSE | {"treatment": treatment},))
    assert CLOSE["better_answer"] in written.text
    framed = {
        "correct": ("correct", "right", "accurate"),
        "modify": ("differently", "better", "best"),
    }.get(str(treatment), ("add", "more", "rest"))
    assert any(word in written.text for word in framed)


@pytest.mark.parametrize("treatment", terms.TREATMENTS)
def test_a_question_without_a_question_mark_leaves_no_stray_stop(treatment: str) -> None:
    """``“Tell us about a mistake.”,`` is no way to write."""
    asked = CLOSE | {"question": "Tell us about a mistake.", "treatment": treatment}
    people = tuple({"name": name, "topics": "x"} for name in NAMES)
    own = caseload(people=people, key_answers=(asked,) * len(people))
    for written in compose_each(own, policy(), Wanted("thank_you"), as_of=AS_OF):
        assert "mistake" in written.text
        assert "mistake.”," not in written.text
        assert "mistake.” was" not in written.text


def test_an_unanswered_key_question_is_asked() -> None:
    """The better answer is never made up."""
    written = note(key_answers=(CLOSE | {"better_answer": None},))
    assert "What would you answer today to “How do you shorten a close?”?" in {
        gap.question for gap in written.gaps
    }


def test_the_promised_day_is_named_while_it_lies_ahead() -> None:
    """As the employer's own word, in the way of the country."""
    told = {"promised_by": pd.Timestamp("2026-11-13")}
    assert "Friday 13 November" in note(interview=told).text
    assert "Friday, November 13" in note(interview=told, client={"country": "US"}).text
    assert "13 November" not in note(interview=told, as_of="2026-11-20T15:00:00Z").text


def test_the_client_speaks_with_their_own_voice() -> None:
    """Greeting, sign-off and formality are theirs."""
    formal = note(client={"formality": "formal"})
    assert formal.text.startswith("Dear Dana Whitfield,")
    assert formal.text.endswith("Sincerely,\nAnn Lee\n")
    warm = note(client={"formality": "warm", "greeting": "Hey there", "sign_off": "Cheers,"})
    assert warm.text.startswith("Hey there Dana,")
    assert warm.text.endswith("Cheers,\nAnn Lee\n")


def test_forwardness_follows_the_pace() -> None:
    """A relaxed field hears other last words than an aggressive one."""
    closes = {
        pace: note("follow_up", pace, as_of="2026-11-12T15:00:00Z").text for pace in terms.PACES
    }
    last = {pace: text.split("\n\n")[-2] for pace, text in closes.items()}
    assert len(set(last.values())) == 4
    assert any(word in last["aggressive"] for word in ("this week", "yes", "like this job"))
    assert not any(word in last["relaxed"] for word in ("this week", "like this job"))


# -- samples ------------------------------------------------------------------------------------


def test_never_more_than_two_samples() -> None:
    """Three may be shown; two are."""
    three = tuple(OPEN_SAMPLE | {"title": title} for title in ("One", "Two", "Three"))
    written = note(samples=three)
    assert [sample.title for sample in written.samples] == ["One", "Two"]
    with pytest.raises(errors.RefusedSample, match="2 samples of work at most"):
        note(samples=three, samples_named=("One", "Two", "Three"))


@pytest.mark.parametrize(
    ("confidential", "why"), [(True, "it is confidential"), (None, "nobody has said")]
)
def test_a_confidential_sample_is_refused_by_name(confidential: bool | None, why: str) -> None:
    """Unknown is confidential, too."""
    secret = OPEN_SAMPLE | {"title": "The merger", "confidential": confidential}
    written = note(samples=(secret,))
    assert "The merger" not in written.text
    assert written.samples == ()
    assert "The merger" in written.refused[0]
    assert why in written.refused[0]
    with pytest.raises(errors.RefusedSample, match="The merger"):
        note(samples=(secret,), samples_named=("the merger",))


def test_a_sample_that_is_not_there_is_told() -> None:
    """With those that are."""
    with pytest.raises(errors.RefusedSample, match="Name Close checklist"):
        note(samples=(OPEN_SAMPLE,), samples_named=("Nonsense",))


def test_samples_can_be_named_by_title_or_id() -> None:
    """Files are to be attached, links are not."""
    both = (OPEN_SAMPLE, LINKED_SAMPLE)
    assert [one.title for one in note(samples=both, samples_named=(32,)).samples] == [
        "Talk on controls"
    ]
    written = note(samples=both, samples_named=("close checklist", "32"))
    assert [one.title for one in written.to_attach] == ["Close checklist"]


# -- one per interviewer, each different -----------------------------------------------------------


def test_people_at_one_visit_get_different_notes() -> None:
    """No sentence is shared by any two of three notes."""
    people = tuple({"name": name, "topics": f"subject {name[:4]}"} for name in NAMES[:3])
    own = caseload(people=people, samples=(OPEN_SAMPLE,), key_answers=(CLOSE,))
    for kind in ("thank_you", "card"):
        notes = compose_each(own, policy(), Wanted(kind), as_of=AS_OF)
        assert [one.recipient for one in notes] == list(NAMES[:3])
        for one, other in combinations(notes, 2):
            assert not sentences(one.text) & sentences(other.text), kind
            assert one.subject != other.subject or kind == "card"


def test_the_second_visit_to_one_employer_gets_other_sentences() -> None:
    """The same person, the same subject, a second round."""
    own = caseload(
        more={
            "interviews": [
                {"interview_id": 12, "opportunity_id": 1, "held_at": "2026-11-03T18:00:00+00:00"}
            ],
            "interviewers": [
                {
                    "interviewer_id": 29,
                    "interview_id": 12,
                    "name": "Dana Whitfield",
                    "topics": "the audit in March",
                }
            ],
        }
    )
    for kind in ("thank_you", "card", "closing"):
        first, second = (
            compose(own, policy(), Wanted(kind, interview_id=visit), as_of=AS_OF)
            for visit in (11, 12)
        )
        assert not sentences(first.text) & sentences(second.text), kind


def test_a_later_follow_up_has_other_sentences() -> None:
    """The first, the second and the third."""
    sent = [
        {"at": at, "direction": "out", "channel": "email", "kind": "follow_up"}
        for at in ("2026-11-11T15:00:00Z", "2026-11-19T15:00:00Z")
    ]
    texts = [
        note("follow_up", "brisk", as_of="2026-11-28T15:00:00Z", contacts=tuple(sent[:number])).text
        for number in range(3)
    ]
    for one, other in combinations(texts, 2):
        assert not sentences(one) & sentences(other)


def test_the_same_facts_give_the_same_words() -> None:
    """Today and tomorrow in another process: chance has no part in it."""
    assert note(key_answers=(CLOSE,)) == note(key_answers=(CLOSE,))
    assert note(client={"client_id": 1}).text.split("\n\n")[1].startswith(("Thank", "It", "I"))


# -- the other kinds ----------------------------------------------------------------------------


def test_a_follow_up_after_a_promised_day_says_so_kindly() -> None:
    """It names their day, and reproaches nothing."""
    written = note(
        "follow_up",
        interview={"promised_by": pd.Timestamp("2026-11-06")},
        as_of="2026-11-10T15:00:00Z",
    )
    assert "Friday 6 November" in written.text
    assert not [one for one in check(written) if one.severity == "serious"]


def test_a_follow_up_too_soon_is_told() -> None:
    """The text is written, and the coach is warned."""
    assert note("follow_up").cautions[0].startswith("It is too soon: the follow-up is due from ")
    assert note("follow_up", as_of="2026-11-10T15:00:00Z").cautions == ()


def test_a_call_has_its_seconds_and_asks_for_the_number() -> None:
    """Half a minute, the number twice."""
    written = note("call", answers={"phone": "555 0148"})
    assert written.ready
    assert written.text.count("555 0148") == 2
    assert written.seconds is not None
    assert 15 <= written.seconds <= 45
    assert note().seconds is None
    assert [gap.key for gap in note("call").gaps] == ["phone"]


def test_a_card_fits_the_card() -> None:
    """No more words and lines than it holds; else it is not ready."""
    card = note("card")
    assert card.ready
    assert card.words <= card.limit  # type: ignore[operator]
    long = note("card", people=({"name": "Dana Whitfield", "topics": "word " * 100},))
    assert not long.fits
    assert not long.ready
    with pytest.raises(errors.UnclearNote, match="Shorten it"):
        must_be_ready(long)


def test_a_card_names_the_day_and_never_today() -> None:
    """It is read some days later."""
    assert "yesterday" not in note("card").text
    assert "today" not in note("card", as_of="2026-11-03T20:00:00Z").text


def test_a_closing_note_asks_nothing() -> None:
    """It thanks, wishes well, and keeps the door open."""
    written = note("closing", as_of="2026-12-20T15:00:00Z")
    assert "?" not in written.text
    assert written.cautions == ()
    assert "not time to let go" in note("closing").cautions[0]


def test_the_weekly_message_tells_kept_due_and_missing() -> None:
    """From coach to client, in a few lines."""
    own = caseload(
        people=(),
        contacts=(
            {
                "interview_id": 11,
                "at": "2026-11-03T18:00:00Z",
                "direction": "out",
                "channel": "email",
                "kind": "thank_you",
            },
        ),
        more={
            "agreed_actions": [
                {
                    "action_id": 1,
                    "client_id": 1,
                    "agreed_at": HELD,
                    "text": "Ask Lou for a reference.",
                    "due_on": pd.Timestamp("2026-11-06"),
                }
            ],
            "notes": [
                {
                    "note_id": 1,
                    "client_id": 1,
                    "written_at": HELD,
                    "private": True,
                    "text": "SECRETWORD",
                }
            ],
        },
    )
    week = compose(own, policy(), "weekly", as_of=AS_OF)
    assert week.text.startswith("Hi Ann,")
    assert week.text.endswith("Rosa Lind\n")
    assert "- Northwind: the thank-you went out in time" in week.text
    assert "- Ask Lou for a reference (by Friday 6 November)" in week.text
    assert "- Northwind, Tuesday 3 November: whom did you meet?" in week.text
    assert "SECRETWORD" not in week.text
    assert not check(week)


def test_an_empty_week_is_a_message_too() -> None:
    """Nobody to chase, nothing due."""
    own = caseload(more={}, opportunity={"outcome": "offer"})
    week = compose(own, policy(), "weekly", as_of="2027-03-01T12:00:00Z")
    assert "due" not in week.text or "Nothing is due" in week.text
    assert week.ready


# -- what cannot be written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "as_of", "told"),
    [
        (Wanted("thank_you", opportunity_id=9), AS_OF, "no opportunity 9"),
        (Wanted("thank_you", interview_id=9), AS_OF, "no interview 9"),
        (Wanted("thank_you", interview_id=11, interviewer_id=9), AS_OF, "Nobody with the id 9"),
        (Wanted("thank_you", interviewer_id=21), AS_OF, "Name the interview"),
        (Wanted("thank_you", interview_id=11, opportunity_id=2), AS_OF, "belongs to opportunity 1"),
        (Wanted("thank_you", interview_id=11), "2026-11-01T00:00:00Z", "has not been held"),
        (Wanted("thank_you"), "2026-11-01T00:00:00Z", "No interview has been held"),
    ],
)
def test_what_a_note_is_about_must_be_there(wanted: Wanted, as_of: str, told: str) -> None:
    """Told in one sentence."""
    with pytest.raises(errors.UnclearNote, match=told):
        compose(caseload(), policy(), wanted, as_of=as_of)


def test_a_note_is_one_clients() -> None:
    """Nobody else's rows are looked at."""
    own = caseload(more={"clients": [{"client_id": 2, "name": "Bo", "timezone": "UTC"}]})
    with pytest.raises(errors.UnclearNote, match="this caseload has 2"):
        compose(own, policy(), "thank_you", as_of=AS_OF)


def test_an_unknown_kind_is_refused() -> None:
    """With the kinds that there are; other words for them are understood."""
    with pytest.raises(errors.UnknownWord, match="thank_you, card"):
        note("poem")
    assert note("Voicemail").kind == "call"


def test_of_several_opportunities_the_likely_one_is_taken_and_told() -> None:
    """The latest visit's, or the one whose state asks for the note."""
    own = caseload(
        more={
            "opportunities": [
                {
                    "opportunity_id": 2,
                    "client_id": 1,
                    "employer": "Southwind",
                    "role": "Clerk",
                    "field": "Accounting & audit",
                    "outcome": "open",
                }
            ],
            "interviews": [
                {"interview_id": 12, "opportunity_id": 2, "held_at": "2026-10-26T15:00:00+00:00"}
            ],
        }
    )
    thanks = compose(own, policy(), "thank_you", as_of=AS_OF)
    assert thanks.opportunity_id == 1
    assert thanks.cautions[0] == "It is about Northwind (opportunity 1)."
    assert compose(own, policy(), "follow_up", as_of=AS_OF).opportunity_id == 2


def test_the_given_frames_stay_as_they_are() -> None:
    """Composing changes nothing."""
    own = caseload(samples=(OPEN_SAMPLE,), key_answers=(CLOSE,))
    before = {name: frame.copy() for name, frame in own}
    for kind in NOTE_KINDS:
        compose(own, policy(), kind, as_of=AS_OF)
    for name, frame in own:
        pd.testing.assert_frame_equal(frame, before[name])


# -- every note of the sample practice ------------------------------------------------------------


def test_every_note_of_the_sample_practice_is_composed_and_decent() -> None:
    """Nothing that came in is wrong in what goes out: no seam, no serious finding but its gaps."""
    practice = ck.open_practice()
    everybody, waits, as_of = practice.caseload(), practice.policy(), practice.as_of()
    counted = 0
    for client in everybody.clients["client_id"]:
        own = everybody.subset(int(client))
        held = own.interviews[own.interviews["held_at"] <= as_of]
        held = held[~held["cancelled"].fillna(False).astype(bool)]
        for visit in held["interview_id"].tail(1):
            for kind in ("thank_you", "card", "follow_up", "closing", "call"):
                for one in compose_each(
                    own, waits, Wanted(kind, interview_id=int(visit)), as_of=as_of
                ):
                    counted += 1
                    serious = [f for f in check(one) if f.severity == "serious" and f.rule != "gap"]
                    assert not serious, (one.text, serious)
                    assert not re.search(
                        r"\b(?:None|nan|NaT|not named)\b|\.\.|,,| \.|  |[{}]|\( ", one.text
                    ), one.text
                    assert len(one.samples) <= 2
        assert compose(own, waits, "weekly", as_of=as_of).ready
    assert counted > 80


WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=40
)


@settings(max_examples=12, deadline=None)
@given(name=WORDS, employer=WORDS.filter(str.strip), topics=WORDS, fit=WORDS, more=WORDS)
def test_any_text_can_be_in_any_field(
    name: str, employer: str, topics: str, fit: str, more: str
) -> None:
    """What comes from outside is text: a note comes out, its lines its own."""
    for kind in ("thank_you", "card", "follow_up", "call", "closing", "weekly"):
        written = compose(
            caseload(
                client={"name": "Ann Lee"},
                opportunity={"employer": employer},
                people=({"name": name, "topics": topics},),
                interview={"answer_fit": fit, "answer_more": more},
                key_answers=(CLOSE | {"better_answer": topics},),
            ),
            policy(),
            kind,
            as_of=AS_OF,
        )
        assert isinstance(check(written), list)
        assert "\r" not in written.text
        assert "\n" not in written.subject
