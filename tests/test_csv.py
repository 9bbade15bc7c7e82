"""CSV files: every text survives the way out and back, and a bad file is one sentence."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from coachkit import errors
from coachkit._csv import csv_text, read_csv, write_csv, write_csvs

TRICKY = [
    "NA",
    "null",
    "None",
    "nan",
    "=1+1",
    "007",
    " both ends ",
    "\t",
    'she said "no"',
    '"',
    "a,b",
    "two\nlines",
    "two\r\nlines",
    "a lone\rreturn",
    "\r",
    "\n",
    "a\0b",
    "\ufeff",
    "🙂👩‍🏫",
    "שלום",
    "\u202eright to left",
    "\x1b[31m",
    "\u2028",
    "\x85",
    "'",
    "#",
    ";",
    "\\",
]


def read(folder: Path, text: str | bytes, name: str = "clients.csv") -> pd.DataFrame:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_csv(path)


def records(frame: pd.DataFrame) -> list[list[str | None]]:
    return [[None if pd.isna(cell) else cell for cell in row] for row in frame.to_numpy().tolist()]


# -- out and back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TRICKY, ids=ascii)
def test_a_tricky_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    """As a cell between others, and as a column's name unless it holds a NUL."""
    name = text.replace("\0", "") + "!"
    frame = pd.DataFrame({"a": ["x", "y"], name: [text, None], "b": ["z", "z"]}, dtype="str")
    write_csv(frame, tmp_path / "t.csv")
    assert_frame_equal(read_csv(tmp_path / "t.csv").reset_index(drop=True), frame)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)),
            min_size=3,
            max_size=3,
        ),
        max_size=5,
    )
)
def test_any_texts_come_back_as_they_were(tmp_path: Path, rows: list[list[str | None]]) -> None:
    """Whatever stands in the cells, in its row and column."""
    numbered = [[str(number), *row] for number, row in enumerate(rows)]
    frame = pd.DataFrame(numbered, columns=["row", "a", "b", "c"], dtype="str")
    write_csv(frame, tmp_path / "t.csv")
    assert records(read_csv(tmp_path / "t.csv")) == numbered


@pytest.mark.parametrize("text", TRICKY, ids=ascii)
def test_another_reader_reads_the_same(tmp_path: Path, text: str) -> None:
    """The files are plain CSV, not a dialect of coachkit's own."""
    write_csv(pd.DataFrame({"a": [text, "x"], "b": ["y", "z"]}), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as lines:
        assert list(csv.reader(lines)) == [["a", "b"], [text, "y"], ["x", "z"]]


def test_a_long_text_comes_back_whole(tmp_path: Path) -> None:
    """Longer than the csv module's usual limit, which is as it was afterwards."""
    usual = csv.field_size_limit()
    write_csv(pd.DataFrame({"a": ["x" * 200_000]}), tmp_path / "t.csv")
    assert read_csv(tmp_path / "t.csv").loc[2, "a"] == "x" * 200_000
    assert csv.field_size_limit() == usual


def test_values_are_written_as_the_public_face_has_them() -> None:
    """Instants with offset, days, true and false, plain numbers, and nothing for null."""
    frame = pd.DataFrame(
        {
            "id": pd.array([1, None], dtype="Int64"),
            "at": pd.to_datetime(["2026-02-02T10:00-05:00", None], utc=True),
            "on": pd.to_datetime(["2026-02-02", None]),
            "flag": pd.array([True, None], dtype="boolean"),
            "plain": [False, True],
            "word": pd.Categorical(["a,b", None]),
            "rate": [0.1, None],
        }
    )
    assert csv_text(frame) == (
        "id,at,on,flag,plain,word,rate\n"
        '1,2026-02-02T15:00:00+00:00,2026-02-02,true,false,"a,b",0.1\n'
        ",,,,true,,\n"
    )


def test_a_fraction_of_a_second_is_written() -> None:
    """And only where there is one in the column."""
    at = pd.Series([datetime(2026, 2, 2, 15, 0, 0, 1, UTC)])
    assert csv_text(at.to_frame("at")) == "at\n2026-02-02T15:00:00.000001+00:00\n"


def test_a_local_time_of_a_column_of_ones_own_is_written_whole() -> None:
    """Only midnights are days."""
    assert csv_text(pd.DataFrame({"own": pd.to_datetime(["2026-02-02T10:30"])})) == (
        "own\n2026-02-02T10:30:00\n"
    )


def test_a_frame_without_rows_is_its_header() -> None:
    """An empty table has its column names."""
    assert csv_text(pd.DataFrame({"a": [], "b": []})) == "a,b\n"


def test_writing_leaves_the_frame_as_it_was(tmp_path: Path) -> None:
    """What is written is a copy."""
    frame = pd.DataFrame({"at": pd.to_datetime(["2026-02-02T10:00Z"]), "flag": [True]})
    before = frame.copy(deep=True)
    write_csv(frame, tmp_path / "t.csv")
    assert_frame_equal(frame, before)


# -- what is read ----------------------------------------------------------------------------------


def test_the_index_is_the_row_in_the_file(tmp_path: Path) -> None:
    """The header is row 1; a text of two lines is one row; a blank line is a row left out."""
    frame = read(tmp_path, 'a,b\n1,"two\nlines"\n\n,\n2,x\n')
    assert frame.index.tolist() == [2, 5]
    assert records(frame) == [["1", "two\nlines"], ["2", "x"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_may_end_in_any_way(tmp_path: Path, end: str) -> None:
    """Of Unix, Windows and old Macs, with an end of the last line or without."""
    assert records(read(tmp_path, end.join(["a,b", "1,2", "3,4"]))) == [["1", "2"], ["3", "4"]]
    assert records(read(tmp_path, end.join(["a,b", "1,2", ""]))) == [["1", "2"]]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    """Excel writes one."""
    assert read(tmp_path, b"\xef\xbb\xbfa,b\n1,2\n").columns.tolist() == ["a", "b"]


def test_a_row_that_stops_early_is_empty_in_the_rest(tmp_path: Path) -> None:
    """Excel leaves out the commas at the end of a row."""
    assert records(read(tmp_path, "a,b,c\n1\n1,2\n")) == [["1", None, None], ["1", "2", None]]


def test_commas_beyond_the_header_are_no_cells(tmp_path: Path) -> None:
    """Nothing is lost with them."""
    assert records(read(tmp_path, "a,b\n1,2,,\n")) == [["1", "2"]]


def test_an_empty_column_without_a_name_is_left_out(tmp_path: Path) -> None:
    """One with something in it is kept, for the door to refuse."""
    assert read(tmp_path, "a,,b,\n1,,2,\n").columns.tolist() == ["a", "b"]
    assert read(tmp_path, "a,,b\n1,x,2\n").columns.tolist() == ["a", "", "b"]


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    """With its columns."""
    frame = read(tmp_path, "a,b\n")
    assert (len(frame), frame.columns.tolist()) == (0, ["a", "b"])


def test_a_quote_within_a_text_may_stand_bare(tmp_path: Path) -> None:
    """37°36'37.8"N is a text as good as any."""
    assert records(read(tmp_path, "a,b\n37°36'37.8\"N,x\n")) == [["37°36'37.8\"N", "x"]]


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "clients.csv is empty. Give it at least a first row of column names."),
        (b"\xef\xbb\xbf", "clients.csv is empty"),
        (b"\n1,2\n", "clients.csv has no header. Give it at least a first row of column names."),
        (b",,\n1,2,3\n", "clients.csv has no header"),
        ("name\nZoë\n".encode("latin-1"), "clients.csv is not UTF-8. Save it as 'CSV UTF-8'."),
        ("a,b\n1,2\n".encode("utf-16"), "clients.csv is not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16-le"), "clients.csv is not UTF-8"),
        (b"\0" * 100, "clients.csv is not UTF-8"),
        (b"a;b\n1;2\n", "clients.csv has no commas between its cells."),
        (b"a\tb\n1\t2\n", "clients.csv has no commas between its cells."),
        (b'a,b\n1,2\n3,"open\n5,6\n', "clients.csv, row 3 (the header is row 1): no regular CSV"),
        (b'a,b\n1,2\n"3"4,5\n', "clients.csv, row 3 (the header is row 1): no regular CSV"),
        (
            b"a,b\n1,2,3\n\n4,5\n6,7,8\n",
            "clients.csv, rows 2 and 5 (the header is row 1): more cells than the header has. "
            "Put texts with commas in double quotes",
        ),
        (b"a\n" + b"1,2\n" * 9, "rows 2, 3 and 4, 9 in all (the header is row 1)"),
    ],
    ids=[
        *("0 bytes", "a mark alone", "blank first line", "blank header", "latin-1", "utf-16"),
        *("utf-16 without mark", "NULs", "semicolons", "tabs", "open quote", "stray quote"),
        *("overlong rows", "many overlong rows"),
    ],
)
def test_a_file_that_is_no_csv_is_one_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    """It names the file, the row where there is one, and what to do."""
    with pytest.raises(errors.UnreadableFile) as caught:
        read(tmp_path, content)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_in_place_of_a_file_is_one_sentence(tmp_path: Path) -> None:
    """A folder may be called clients.csv."""
    (tmp_path / "clients.csv").mkdir()
    with pytest.raises(errors.UnreadableFile, match=r"clients\.csv cannot be read \(Is a dir"):
        read_csv(tmp_path / "clients.csv")


@pytest.mark.parametrize("name", ["nowhere.csv", "a\0b.csv", "x" * 5000])
def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path, name: str) -> None:
    """Or that no file can be called."""
    with pytest.raises(errors.UnreadableFile, match="cannot be read") as caught:
        read_csv(tmp_path / name)
    assert len(str(caught.value)) < 300


# -- all or nothing --------------------------------------------------------------------------------

NEW = pd.DataFrame({"a": ["new"]})


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """With the folders above it."""
    write_csv(NEW, tmp_path / "a" / "b" / "t.csv")
    assert (tmp_path / "a" / "b" / "t.csv").read_text() == "a\nnew\n"


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    """What is written on the way is gone in the end."""
    write_csv(NEW, tmp_path / "t.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize("fault", ["half a letter", "a folder of that name", "no room"])
def test_where_one_cannot_be_written_all_stay_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Not half a file, and not half a folder."""
    (tmp_path / "1.csv").write_text("old")
    frames = {tmp_path / "1.csv": NEW, tmp_path / "2.csv": NEW}
    if fault == "half a letter":
        frames[tmp_path / "2.csv"] = pd.DataFrame({"a": ["\ud800"]}, dtype=object)
    elif fault == "a folder of that name":
        (tmp_path / "2.csv").mkdir()
    else:
        write_text = Path.write_text

        def full(path: Path, *arguments: str, **options: str) -> int:
            if path.name == ".2.csv.part":
                write_text(path, "ha")
                raise OSError(28, "No space left on device")
            return write_text(path, *arguments, **options)

        monkeypatch.setattr(Path, "write_text", full)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(errors.UnreadableFile, match=r"2\.csv cannot be written") as caught:
        write_csvs(frames)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "1.csv").read_text() == "old"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("place", ["file", "a\0b", "x" * 5000], ids=["a file", "NUL", "too long"])
def test_a_place_that_is_no_folder_is_one_sentence(tmp_path: Path, place: str) -> None:
    """A file stands where a folder would be needed, or none can be called so."""
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.UnreadableFile, match=r"t\.csv cannot be written \(.*\)\. Close it"):
        write_csv(NEW, tmp_path / place / "t.csv")
