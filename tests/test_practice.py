"""A practice in a folder: its caseload, its waits, and the instant at which it is looked at."""

from pathlib import Path

import pandas as pd
import pytest

import coachkit as ck
from coachkit import errors
from coachkit.practice import FolderPractice, open_practice
from tests.build import case, together, visit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ann Lee and Bo Hill, each with one interview."""
    both = together(
        case(visit("Mon 2 Feb 10:00"), as_of="Tue 3 Feb 09:00"),
        case(
            visit("Mon 2 Feb 11:00"),
            as_of="Tue 3 Feb 09:00",
            client_id=2,
            opportunity_id=2,
            name="Bo Hill",
        ),
    )
    both.given[0].write(tmp_path / "mine")
    return tmp_path / "mine"


# -- opening ---------------------------------------------------------------------------------------


def test_with_nothing_named_the_sample_practice_opens() -> None:
    """It says of itself that it is fictional, and whose rows are in it."""
    practice = open_practice()
    assert practice.name == "the sample practice (fictional)"
    assert len(practice.caseload().clients) == 24


def test_a_folder_opens_by_its_path(folder: Path) -> None:
    """A text or a Path; it is called what its folder is called."""
    for path in (folder, str(folder), f"{folder}/"):
        practice = open_practice(path)
        assert (practice.name, practice.folder) == ("mine", folder)


def test_a_relative_folder_is_called_what_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even the folder in which one stands has its name."""
    monkeypatch.chdir(folder)
    assert open_practice(".").name == "mine"


def test_a_tilde_is_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path as a coach writes it in a notebook, where no shell reads it."""
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("USERPROFILE", str(folder.parent))
    assert open_practice("~/mine").folder == folder


def test_the_environment_names_the_practice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """COACHKIT_PRACTICE is how the command line hands a practice to the notebooks."""
    monkeypatch.setenv("COACHKIT_PRACTICE", str(folder))
    assert open_practice().name == "mine"


def test_a_named_practice_comes_before_the_environments(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked for is what opens."""
    monkeypatch.setenv("COACHKIT_PRACTICE", "/nowhere")
    assert open_practice(folder).name == "mine"


def test_an_empty_variable_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """COACHKIT_PRACTICE= opens the sample practice."""
    monkeypatch.setenv("COACHKIT_PRACTICE", "")
    assert open_practice().name == "the sample practice (fictional)"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The message repeats the path and says what a practice holds."""
    with pytest.raises(
        errors.NoPractice, match=r"There is no practice at '.*nowhere'.*clients.csv"
    ):
        open_practice(tmp_path / "nowhere")


def test_a_file_is_no_practice(folder: Path) -> None:
    """Not even a file of the practice."""
    with pytest.raises(errors.NoPractice, match=r"clients\.csv' is no practice of coachkit"):
        open_practice(folder / "clients.csv")


def test_a_practice_cannot_be_changed_under_way(folder: Path) -> None:
    """It is frozen: another folder is another practice."""
    practice = open_practice(folder)
    with pytest.raises(AttributeError):
        practice.folder = folder.parent  # type: ignore[misc]


def test_reading_a_practice_writes_nothing(folder: Path) -> None:
    """Its folder holds the same bytes afterwards."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    practice = open_practice(folder)
    ck.plan(practice.caseload(), practice.policy(), as_of=practice.as_of())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# -- the caseload ----------------------------------------------------------------------------------


@pytest.mark.parametrize("client", [2, "Bo Hill"])
def test_one_clients_caseload_holds_nobody_else(folder: Path, client: int | str) -> None:
    """By id or name, no other name, row or word of another client is in it."""
    caseload = open_practice(folder).caseload(client=client)
    assert caseload.clients["name"].tolist() == ["Bo Hill"]
    assert caseload.opportunities["client_id"].tolist() == [2]
    assert caseload.interviews["opportunity_id"].tolist() == [2]


def test_an_unknown_client_is_refused(folder: Path) -> None:
    """As by ``Caseload.subset``."""
    with pytest.raises(errors.UnknownClient, match="no client called 'Cy'"):
        open_practice(folder).caseload(client="Cy")


def test_a_practice_is_read_afresh_each_time(folder: Path) -> None:
    """What the coach wrote in between is there at the next look."""
    practice = open_practice(folder)
    assert len(practice.caseload().clients) == 2
    with (folder / "clients.csv").open("a", encoding="utf-8") as file:
        file.write("3,Cy Moor,,America/New_York,,,active\n")
    assert len(practice.caseload().clients) == 3


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    """Every table that it lacks is told."""
    with pytest.raises(errors.SeveralFaults, match="4 things are wrong"):
        open_practice(tmp_path).caseload()


# -- its waits -------------------------------------------------------------------------------------


def test_a_practices_own_waits_hold(folder: Path) -> None:
    """fields.csv in the folder is its policy, whole."""
    (folder / "fields.csv").write_text("field,wait_days\naccounting,9\n", encoding="utf-8")
    policy = open_practice(folder).policy()
    assert policy.fields == ["accounting"]
    assert policy.row("accounting", at="2026-02-02T15:00:00Z")["wait_days"] == 9


def test_without_waits_of_its_own_the_default_policy_holds(folder: Path) -> None:
    """The one that coachkit ships."""
    assert open_practice(folder).policy().fields == ck.Policy.default().fields


# -- its instant -----------------------------------------------------------------------------------


def as_of(folder: Path, text: str | bytes) -> pd.Timestamp:
    (folder / "as_of.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_practice(folder).as_of()


def test_a_practice_moves_with_the_clock(folder: Path) -> None:
    """Without as_of.txt it is looked at now, in UTC."""
    before = pd.Timestamp.now("UTC")
    instant = open_practice(folder).as_of()
    assert before <= instant <= pd.Timestamp.now("UTC")
    assert str(instant.tz) == "UTC"


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-03T09:00:00-05:00",
        "  2026-02-03T14:00:00+00:00\r\n",
        "2026-02-03T14:00Z\n\n",
        b"\xef\xbb\xbf2026-02-03T14:00:00Z\n",  # as Windows' editor saves it
    ],
)
def test_a_practice_may_stand_still(folder: Path, text: str | bytes) -> None:
    """as_of.txt holds the instant, with blanks, in any zone, with or without a mark before it."""
    assert as_of(folder, text).isoformat() == "2026-02-03T14:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2026-02-03T09:00:00", errors.NaiveTime),
        ("2026-02-03", errors.NaiveTime),
        ("some day", errors.UnreadableValue),
        ("", errors.UnreadableValue),
        ("1026-02-03T09:00:00Z", errors.OutOfRange),
        (b"\xff\xfe2\x000\x00", errors.UnreadableFile),
    ],
)
def test_an_instant_that_is_none_is_refused(
    folder: Path, text: str | bytes, fault: type[errors.CoachkitError]
) -> None:
    """The message names the file."""
    with pytest.raises(fault, match=r"as_of\.txt"):
        as_of(folder, text)


def test_an_instant_that_is_a_folder_is_refused(folder: Path) -> None:
    """What cannot be read is told as a fault of coachkit's own."""
    (folder / "as_of.txt").mkdir()
    with pytest.raises(errors.UnreadableFile, match=r"as_of\.txt cannot be read"):
        FolderPractice(folder, "mine").as_of()
