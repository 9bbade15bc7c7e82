"""The note check, sentence by sentence: the same few faults in many words, and fine ones."""

import pytest

from coachkit.notes import check
from tests.test_note_check import FINE, TEXTS, serious


def sentences(name: str) -> list[list[str]]:
    """The sentences in a file, a line each; what stands before a colon apart, if it has one."""
    lines = (TEXTS / name).read_text(encoding="utf-8").splitlines()
    return [line.split(": ", 1) if name.startswith("bad") else [line] for line in lines]


@pytest.mark.parametrize(("rule", "sentence"), sentences("bad_sentences.txt"))
def test_a_bad_sentence_is_found_in_a_fine_note(rule: str, sentence: str) -> None:
    """In many words for the same few faults; it is quoted, a gap or the half of it at least."""
    found = serious(FINE.format(f" {sentence}"))
    assert list(found) == [rule]
    assert found[rule].quote in sentence


@pytest.mark.parametrize("sentence", [one for (one,) in sentences("fine_sentences.txt")])
def test_a_fine_sentence_is_left_alone(sentence: str) -> None:
    """Though it is about the same things, or in nearly the same words."""
    assert serious(FINE.format(f" {sentence}")) == {}


def test_one_apology_is_a_hint_and_two_are_serious() -> None:
    """A note that is about what went wrong."""
    one = " I am sorry that I was so nervous."
    assert serious(FINE.format(one)) == {}
    assert [found.rule for found in check(FINE.format(one))] == ["apology"]
    found = serious(FINE.format(f"{one} I froze at the second question."))
    assert found["apology"].quote == one.strip()


def test_a_deadline_with_a_reason_is_left_alone() -> None:
    """Where the note names another offer, the day is theirs."""
    ask = " Could you tell me your decision by Thursday?"
    assert list(serious(FINE.format(ask))) == ["demand"]
    assert serious(FINE.format(f" I have had another offer, and they want my answer.{ask}")) == {}


def test_a_plain_question_in_a_full_note_does_not_chase() -> None:
    """It names somebody, the work and itself; alone it presses."""
    ask = "Is the post still open?"
    full = (
        "Hi Dana, I applied for the bindery post on 2 May. The gold press that you want to mend is "
        "the one that I rebuilt at Holt's, where waste fell by a third. {} Thanks, Sam"
    )
    assert serious(full.format(ask), "follow_up") == {}
    assert "chaser" in serious(f"Hi Dana, it is Sam. {ask}", "follow_up")


@pytest.mark.parametrize("greeting", ["Hi Name,", "Dear …", "Hello (name),", "Dear ..."])
def test_a_greeting_to_be_filled_in_is_a_gap(greeting: str) -> None:
    """It greets nobody yet."""
    text = FINE.format("").replace("Dear Ms. Adler,", greeting)
    assert serious(text)["gap"].quote in greeting


def test_words_of_anger_make_a_sour_note() -> None:
    """Two of them do, wherever they stand; not where they are said of others."""
    one = " The long way home was miserable."
    assert serious(FINE.format(one)) == {}
    found = serious(FINE.format(f"{one} I was furious all evening."))
    assert found["sour"].quote == one.strip()
    others = " I calm angry and furious customers every day."
    assert serious(FINE.format(others)) == {}


@pytest.mark.parametrize(
    "gap", ["//topic//", "<<topic>>", "%%topic%%", "*|TOPIC|*", "July 6, 20xx", "{topic}"]
)
def test_marks_of_many_makers_are_gaps(gap: str) -> None:
    """Whatever a template puts around its words."""
    assert serious(FINE.format(f" I liked {gap}."))["gap"].quote in gap


def test_a_path_and_a_link_are_no_gaps() -> None:
    """Though slashes stand in them."""
    assert serious(FINE.format(" It is at https://example.org//plans//north and in a//b.")) == {}
