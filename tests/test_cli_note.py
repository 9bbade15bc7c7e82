"""``coachkit note``: what it writes, in which form, and how it says that something is wrong."""

import json
from email import message_from_bytes
from pathlib import Path

import pytest

import coachkit as ck
from coachkit import cli
from tests.notes_build import CLOSE, LINKED_SAMPLE, caseload

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A folder with one client, interviewed by two people."""
    folder = tmp_path / "practice"
    people = (
        {"name": "Dana Whitfield", "email": "dana@example.com", "topics": "the audit in March"},
        {"name": "Ravi Menon", "topics": "controls"},
    )
    caseload(people=people, samples=(LINKED_SAMPLE,), key_answers=(CLOSE,)).write(folder)
    (folder / "as_of.txt").write_text("2026-11-04T15:00:00+00:00", encoding="utf-8")
    return folder


def ran(practice: Path, *options: str) -> int:
    return cli.main(["note", "--practice", str(practice), "--client", "Ann Lee", *options])


def test_one_note_is_printed_per_person(practice: Path, capsys: Captured) -> None:
    """The text on the output; what is missing, and what to do, beside it."""
    assert ran(practice) == 0
    told = capsys.readouterr()
    assert told.out.count("Subject: ") == 2
    assert "Hello Dana," in told.out
    assert "Hello Ravi," in told.out
    assert "Subject" not in told.err


def test_json_tells_all_that_a_note_is(practice: Path, capsys: Captured) -> None:
    """As a list of records."""
    assert ran(practice, "--interview", "11", "--interviewer", "22", "--format", "json") == 0
    (note,) = json.loads(capsys.readouterr().out)
    assert note["recipient"] == "Ravi Menon"
    assert note["ready"] is True
    assert note["samples"] == [
        {"title": "Talk on controls", "location": "https://example.org/controls"}
    ]


def test_gaps_are_told_and_answered(practice: Path, capsys: Captured) -> None:
    """By their key."""
    assert ran(practice, "--kind", "call") == 0
    assert "ask the client: On which number can they reach you? (phone)" in capsys.readouterr().err
    assert ran(practice, "--kind", "call", "--answer", "phone=555 0148") == 0
    told = capsys.readouterr()
    assert "555 0148" in told.out
    assert "ask the client" not in told.err
    assert "seconds to say" in told.err


@pytest.mark.parametrize(
    ("form", "begins"), [("eml", b"X-Unsent"), ("docx", b"PK"), ("pdf", b"%PDF-")]
)
def test_files_are_written_and_several_numbered(practice: Path, form: str, begins: bytes) -> None:
    """One a person."""
    out = practice.parent / f"note.{form}"
    assert ran(practice, "--format", form, "--out", str(out)) == 0
    for number in (1, 2):
        assert out.with_name(f"note-{number}.{form}").read_bytes().startswith(begins)
    assert ran(practice, "--kind", "weekly", "--format", form, "--out", str(out)) == 0
    assert out.read_bytes().startswith(begins)


def test_a_draft_carries_its_recipient(practice: Path) -> None:
    """As another parser reads it."""
    out = practice.parent / "note.eml"
    assert ran(practice, "--kind", "closing", "--format", "eml", "--out", str(out)) == 0
    assert message_from_bytes(out.read_bytes())["To"] == "Dana Whitfield <dana@example.com>"


def test_a_link_is_printed(practice: Path, capsys: Captured) -> None:
    """One line a note."""
    assert ran(practice, "--kind", "follow_up", "--format", "mailto") == 0
    assert capsys.readouterr().out.startswith("mailto:dana@example.com?subject=")


def test_own_templates_are_copied_and_used(practice: Path, capsys: Captured) -> None:
    """A broken one is told once, in a line."""
    mine = practice.parent / "mine"
    assert cli.main(["note", "--copy-templates", str(mine)]) == 0
    (mine / "en" / "card.txt").write_text("{{ nothing }}", encoding="utf-8")
    capsys.readouterr()
    assert ran(practice, "--kind", "weekly", "--templates", str(mine)) == 0
    told = capsys.readouterr()
    assert told.err == (
        "coachkit: card.txt, line 1: nothing is called 'nothing' here. "
        "Mend it, or take your copy away.\n"
    )
    assert "Hi Ann," in told.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--kind", "poem"), "There is no kind of note 'poem'"),
        (("--format", "pdf"), "name it with --out FILE"),
        (("--interview", "99"), "This client has no interview 99."),
        (("--sample", "Nonsense"), "This client has no work sample 'Nonsense'"),
        (("--answer", "phone"), "--answer 'phone' says nothing"),
        (("--templates", "/nowhere"), "no folder of templates"),
        (("--out", "/nowhere/x.txt"), "cannot be written"),
        (("--format", "eml", "--out", "x.eml", "--attach", "/nowhere", "--kind", "weekly"), None),
    ],
)
def test_what_is_wrong_is_one_line(
    practice: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    told: str | None,
) -> None:
    """On the error output, with code 2."""
    monkeypatch.chdir(practice)
    code = ran(practice, *options)
    printed = capsys.readouterr()
    if told is None:
        assert code == 0
        return
    assert code == 2
    assert told in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_a_note_without_a_client_is_refused(capsys: Captured) -> None:
    """It must be somebody's."""
    assert cli.main(["note"]) == 2
    assert "--client" in capsys.readouterr().err


def test_a_note_that_went_out_is_logged_because_the_coach_says_so(
    practice: Path, capsys: Captured
) -> None:
    """With its text, once, and never while it has gaps."""
    own = practice.parent / "own.coachkit"
    assert cli.main(["new", str(own), "--from", str(practice)]) == 0
    asked = ("--interview", "11", "--as-of", "2026-11-04T15:00:00+00:00")
    logged = len(ck.open_practice(own).caseload().contacts)
    assert ran(own, *asked, "--interviewer", "22") == 0
    assert len(ck.open_practice(own).caseload().contacts) == logged, "written is not sent"
    sent = ("--sent", "2026-11-04T15:00:00+00:00")
    assert ran(own, *asked, "--interviewer", "22", *sent) == 0
    contact = ck.open_practice(own).caseload().contacts.iloc[-1]
    assert (contact["kind"], contact["channel"], contact["interview_id"]) == (
        "thank_you",
        "email",
        11,
    )
    assert "Hello Ravi," in contact["text"]
    assert ran(own, *asked, "--kind", "call", *sent) == 2
    assert "is not ready" in capsys.readouterr().err
    assert ran(practice, *asked, "--interviewer", "22", *sent) == 2
    assert ran(own, *asked, *sent) == 2
    assert ran(own, "--kind", "weekly", "--as-of", "2026-11-04T15:00:00+00:00", *sent) == 2
    assert len(ck.open_practice(own).caseload().contacts) == logged + 1


# -- --check -------------------------------------------------------------------------------------


def checked(file: Path, text: str | bytes, *options: str) -> int:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return cli.main(["note", "--check", str(file), *options])


def test_findings_are_a_list_of_records(tmp_path: Path, capsys: Captured) -> None:
    """With rule, severity, quote and advice."""
    text = "Dear Ms. Adler,\n\nThank you for the tour. Please let me know by Friday.\n\nRuth Okafor"
    assert checked(tmp_path / "n.txt", text, "--kind", "thank_you", "--format", "json") == 0
    findings = json.loads(capsys.readouterr().out)
    assert [set(one) for one in findings] == [{"rule", "severity", "quote", "advice"}] * len(
        findings
    )
    assert ("demand", "serious", "Please let me know by Friday.") in {
        (one["rule"], one["severity"], one["quote"]) for one in findings
    }


def test_a_good_note_gives_an_empty_list(tmp_path: Path, capsys: Captured) -> None:
    """Or one line in words."""
    text = (
        "Dear Ms. Adler,\n\nThank you for showing me the returns desk on Monday. I would be glad "
        "to work with you at Brightwater.\n\nRuth Okafor\n"
    )
    assert checked(tmp_path / "n.txt", text, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert checked(tmp_path / "n.txt", "\ufeff" + text) == 0
    assert capsys.readouterr().out == "Nothing to find fault with.\n"


def test_a_check_that_knows_the_client_finds_wrong_names(
    practice: Path, tmp_path: Path, capsys: Captured
) -> None:
    """Whoever was not met there."""
    (tmp_path / "n.txt").write_text("Dear Ms. Adler,\n\nThank you for Monday.\n\nAnn Lee")
    assert ran(practice, "--check", str(tmp_path / "n.txt"), "--format", "json") == 0
    assert "wrong_person" in {one["rule"] for one in json.loads(capsys.readouterr().out)}


@pytest.mark.parametrize(
    ("text", "told"), [(b"\xff\xfe\x00", "is no text in UTF-8"), (None, "cannot be read")]
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: Captured, text: bytes | None, told: str
) -> None:
    """In one line."""
    file = tmp_path / "n.txt"
    code = cli.main(["note", "--check", str(file)]) if text is None else checked(file, text)
    assert code == 2
    assert told in capsys.readouterr().err


def test_a_quote_cannot_steer_the_terminal(tmp_path: Path, capsys: Captured) -> None:
    """Control signs are not printed."""
    assert checked(tmp_path / "n.txt", "Hi,\n\nI need this job\x1b[31m now!\n") == 0
    assert "\x1b" not in capsys.readouterr().out
