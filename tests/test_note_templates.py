"""Templates: a coach may change them, and a broken one costs nothing but itself."""

from pathlib import Path

import pytest

from coachkit import errors
from coachkit.notes import Templates, compose, copy_templates
from coachkit.notes._templates import SHIPPED, TEMPLATE_NAMES, Fault
from tests.notes_build import AS_OF, caseload, policy


def own(folder: Path, name: str, text: str | bytes) -> Templates:
    """Templates of the coach's own, of which there is one."""
    (folder / "en").mkdir(exist_ok=True)
    path = folder / "en" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Templates(folder)


def thanks(templates: Templates, **asked: object) -> str:
    """A thank-you in their words."""
    note = compose(caseload(**asked), policy(), "thank_you", as_of=AS_OF, templates=templates)  # type: ignore[arg-type]
    return "\n".join((note.text, *note.cautions))


def test_everything_that_ships_can_be_read() -> None:
    """All templates, and the words beside them."""
    assert Templates().faults() == []
    assert {path.stem for path in (SHIPPED / "en").glob("*.txt")} == set(TEMPLATE_NAMES)


def test_a_coachs_own_copy_wins(tmp_path: Path) -> None:
    """For its kind alone."""
    mine = own(
        tmp_path,
        "thank_you.txt",
        "Subject: Hello\n\n{{ greeting }}\n\nMy words.\n\n{{ sign_off }}\n",
    )
    assert mine.faults() == []
    assert thanks(mine) == "Hello Dana,\n\nMy words.\n\nBest regards,\nAnn Lee\n"
    assert (
        "My words." not in compose(caseload(), policy(), "card", as_of=AS_OF, templates=mine).text
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Hi\n\n{{ greeting\n", 3, "unexpected"),
        ("Hi\n{% if topics %}\nx\n", 3, "needs to be closed is 'if'"),
        ("Hi\n\n\n{{ nonsense }}\n", 4, "nothing is called 'nonsense'"),
        ("{% either %}a{% or nobody %}b{% endeither %}", 1, "'nobody' is no voice and no pace"),
        ("x\n{% either warm %}a{% endeither %}", 2, "nothing to say here for a formal voice"),
        ("Hi\n{{ topics.nothing }}\n", 2, "nothing"),
        ("Hi\n\n{{ 1 / 0 }}\n", 3, "division by zero"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 1, "unsafe"),
        ("{% include 'card.txt' %}", 1, "no loader"),
        ("{{ listed(3) }}\n", 1, "undefined"),
        ("{% for x in range(999999999) %}{% endfor %}", 1, "Range too big"),
    ],
)
def test_a_broken_template_is_told_with_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    """And the shipped one speaks in its place."""
    told = thanks(own(tmp_path, "thank_you.txt", text))
    assert "the audit in March" in told
    caution = told.rsplit("\n", 1)[-1]
    assert caution.startswith(f"thank_you.txt, line {line}: ")
    assert reason in caution
    assert caution.endswith("The words that came with coachkit were used.")


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    """With the line at which it stops being UTF-8."""
    told = thanks(own(tmp_path, "thank_you.txt", "Hi\n\ngrüezi".encode("cp1252")))
    assert "thank_you.txt, line 3: it is not saved as UTF-8" in told


def test_every_fault_is_found_at_once(tmp_path: Path) -> None:
    """Before a note is written."""
    own(tmp_path, "card.txt", "{{")
    own(tmp_path, "words.toml", "[days\n")
    found = own(tmp_path, "call.txt", "{% if %}").faults()
    assert [fault.file for fault in found] == ["words.toml", "card.txt", "call.txt"]
    assert all(isinstance(fault, Fault) for fault in found)


def test_own_words_win_and_broken_ones_cost_nothing(tmp_path: Path) -> None:
    """One word is enough; what is of the wrong kind is left aside."""
    mine = own(tmp_path, "words.toml", '[greeting]\nplain = "Good day"\nwarm = 3\n')
    assert thanks(mine).startswith("Good day Dana,")
    assert thanks(mine, client={"formality": "warm"}).startswith("Hi Dana,")
    broken = own(tmp_path, "words.toml", "[greeting\n")
    assert thanks(broken).startswith("Hello Dana,")
    assert "words.toml" in thanks(broken)


def test_templates_are_copied_to_be_edited(tmp_path: Path) -> None:
    """What is there already is left as it is."""
    written = copy_templates(tmp_path / "mine")
    assert {path.name for path in written} == {
        *(f"{name}.txt" for name in TEMPLATE_NAMES),
        "words.toml",
    }
    (tmp_path / "mine" / "en" / "card.txt").write_text("Mine.", encoding="utf-8")
    assert copy_templates(tmp_path / "mine") == []
    assert Templates(tmp_path / "mine").faults() == []
    assert thanks(Templates(tmp_path / "mine")) == thanks(Templates())


def test_a_remark_in_a_template_changes_no_note(tmp_path: Path) -> None:
    """Which words a note takes hangs on their order, not on the line where they stand."""
    shipped = (SHIPPED / "en" / "thank_you.txt").read_text(encoding="utf-8")
    mine = own(tmp_path, "thank_you.txt", "{# mine\n\n\n#}\n" + shipped)
    assert thanks(mine) == thanks(Templates())


def test_another_language_is_a_folder(tmp_path: Path) -> None:
    """Its templates speak; what it lacks is told."""
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "thank_you.txt").write_text("{{ greeting }}\n\nMerci.\n", encoding="utf-8")
    (tmp_path / "fr" / "words.toml").write_text('[greeting]\nplain = "Bonjour"\n', encoding="utf-8")
    french = Templates(tmp_path, language="fr")
    assert thanks(french) == "Bonjour Dana,\n\nMerci.\n"
    with pytest.raises(Fault, match=r"card\.txt: there is no such template"):
        compose(caseload(), policy(), "card", as_of=AS_OF, templates=french)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """So is a language."""
    with pytest.raises(errors.UnreadableFile, match="no folder of templates"):
        Templates(tmp_path / "nowhere")
    with pytest.raises(errors.UnreadableFile, match="language 'tlh'"):
        Templates(language="tlh")


@pytest.mark.parametrize(
    "payload",
    [
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{{ greeting }}",
        "${7*7}",
        "#{7*7}",
        "{# gone #}",
        "{either}",
    ],
)
def test_what_comes_from_outside_is_no_template(payload: str) -> None:
    """It stands in the note as it was written."""
    told = thanks(
        Templates(),
        opportunity={"employer": payload, "role": payload},
        people=({"name": "Dana", "topics": payload},),
        interview={"answer_more": f"They asked for {payload}"},
        client={"name": payload, "greeting": payload, "sign_off": payload},
    )
    assert "49" not in told
    assert told.count(payload) >= 4
