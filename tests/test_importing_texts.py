"""Text files with tables in them: letters, separators, records."""

import csv
from pathlib import Path

import pytest

from coachkit import errors
from coachkit.importing.texts import read_sheet


def rows(folder: Path, content: bytes) -> list[list[str]]:
    """The rows of a file that hold anything."""
    file = folder / "table.csv"
    file.write_bytes(content)
    return [
        [str(cell) for cell in row.cells]
        for row in read_sheet(file, "table.csv").rows
        if any(row.cells)
    ]


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b'a,b\n"x, y",08123', [["a", "b"], ["x, y", "08123"]]),
        (b'a,b,c\n1,"",""\n2,3,4', [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
        (b'a,b\r\n1,"ha ""ha"" ha"\r\n', [["a", "b"], ["1", 'ha "ha" ha']]),
        (b'k,v\n1,"{""at"": [102.0, 0.5]}"\n', [["k", "v"], ["1", '{"at": [102.0, 0.5]}']]),
        (b'a,b\n"Once upon \na time",5\n', [["a", "b"], ["Once upon \na time", "5"]]),
        (b'a,b\r\n"Once upon \r\na time",5\r\n', [["a", "b"], ["Once upon \r\na time", "5"]]),
        ("a,b\n4,ʤ".encode(), [["a", "b"], ["4", "ʤ"]]),
        (b"a,b\r1,2\r3,4\r", [["a", "b"], ["1", "2"], ["3", "4"]]),
    ],
)
def test_a_cell_is_the_text_that_stands_there(
    tmp_path: Path, content: bytes, read: list[list[str]]
) -> None:
    """Quotes, separators and line ends within quotes, empty cells, leading zeros, any line end."""
    assert rows(tmp_path, content) == read


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    """Also where another separator stands in most cells."""
    lines = [
        ["Company", "Role", "Notes"],
        ["Acme", "Clerk", "a, b; c"],
        ["Beta", "Cook", "d, e; f"],
    ]
    content = "\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert rows(tmp_path, content.encode()) == lines


def test_a_separator_that_is_named_is_taken(tmp_path: Path) -> None:
    """Excel's own first line ``sep=;`` counts, and is a row of the file."""
    assert rows(tmp_path, b"sep=;\na;b\n1;2\n")[1:] == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    """With and without a byte order mark."""
    text = "Firma;Ort;Notiz\nMüller & Söhne;Köln;schönes Gespräch über Größe\n"
    assert rows(tmp_path, text.encode(encoding))[1] == [
        "Müller & Söhne",
        "Köln",
        "schönes Gespräch über Größe",
    ]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp932",
            "会社名,職種,選考状況,備考\nトヨタ自動車,エンジニア,書類選考中,面接の予定はまだ\n",
        ),
        ("gb18030", "公司名称,岗位,当前状态,备注\n三一重工,机械工程师,已投递,等待面试通知中\n"),
        ("cp1251", "Компания,Должность,Статус\nЯндекс,Разработчик,Отклик отправлен сегодня\n"),
    ],
)
def test_eastern_encodings_are_found(tmp_path: Path, encoding: str, text: str) -> None:
    """Not every old file is western European."""
    assert rows(tmp_path, text.encode(encoding)) == [line.split(",") for line in text.splitlines()]


def test_a_quote_that_nobody_closes_costs_one_row(tmp_path: Path) -> None:
    """The rows below it are not swallowed."""
    read = rows(tmp_path, b'Company,Role\nAcme,"Clerk\nBeta,Cook\nGamma,Nurse\n')
    assert read[-2:] == [["Beta", "Cook"], ["Gamma", "Nurse"]]
    assert len(read) == 4


def test_lines_that_are_quoted_whole_are_unwrapped(tmp_path: Path) -> None:
    """A file that a spreadsheet took for one column."""
    assert rows(tmp_path, b'"Company,Role"\n"Acme,""Clerk, senior"""\n') == [
        ["Company", "Role"],
        ["Acme", "Clerk, senior"],
    ]


def test_a_markdown_table_is_a_table(tmp_path: Path) -> None:
    """Its frame and its rule are no cells."""
    read = rows(tmp_path, b"| Company | Role |\n|---|:--|\n| Acme | Clerk |\n")
    assert read == [["Company", "Role"], ["Acme", "Clerk"]]


def test_a_long_cell_is_read_and_the_session_is_left_as_it_was(tmp_path: Path) -> None:
    """The csv module's limit is not the file's, and is set back."""
    before = csv.field_size_limit()
    assert len(rows(tmp_path, b"a,b\n1," + b"x" * 300_000)[1][1]) == 300_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("content", [b"a,b\0c\n1,2\n" * 9, bytes(range(256)) * 40])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    """One sentence, no rows."""
    with pytest.raises(errors.UnreadableFile, match="no text"):
        rows(tmp_path, content)
