"""A text file with a table in it: its letters, its separator, its records.

The csv module splits the records; what it is told is found here. Its Sniffer is not asked: it takes
any letter for a separator, and fails on one column, on quoted line ends and on a preamble.
CleverCSV answers the same question by trying every pair of signs. On a tracker of 10,000 rows with
notes of sixty words (4 MB) its answer was the same; version 0.8.5 took 8.6 s for it, and 1.0 s for
the first tenth alone. Four separators and the words of its header decide here, on that tenth in
under 0.01 s.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coachkit import errors
from coachkit.importing.sheets import Row, Sheet

SEPARATORS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Encodings of old spreadsheets that charset-normalizer may choose among.
_OLD = ["cp1252", "cp1250", "cp1251", "gb18030", "big5", "cp932", "euc_jp", "cp949", "mac_roman"]
_EAST_ASIAN = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
_LOOKED_AT = 200
_MOST_RECORDS = 100_000
#: A cell of more lines than this was opened by a quote that nobody closed.
_MOST_LINES_IN_A_CELL = 400


def read_sheet(path: Path, name: str) -> Sheet:
    """The rows of a text file; every cell is the text that stands there.

    Raises
    ------
    UnreadableFile
        It is no text.
    """
    text = decoded(path.read_bytes(), name)
    separator, records = _records_of(text)
    if len(records) > _MOST_RECORDS:
        raise errors.UnreadableFile(
            f"{errors.shown(name)} has {len(records):,} rows; a tracker has {_MOST_RECORDS:,} at "
            f"most. Split it, or save the rows of the search alone."
        )
    if separator == "|":
        records = [_without_frame(record) for record in records]
    return Sheet(name, None, tuple(Row(at, tuple(record)) for at, record in enumerate(records, 1)))


def decoded(content: bytes, name: str) -> str:
    """The text behind the bytes, whatever program wrote them.

    Raises
    ------
    UnreadableFile
        They are no text.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content, encoding, name)
    if content.count(b"\0") > len(content) // 10:
        low = content[0:2000:2].count(0) > content[1:2000:2].count(0)
        text = _strictly(content, "utf-16-be" if low else "utf-16-le", name)
    else:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = _guessed(content)
    odd = sum(1 for letter in text[:20_000] if letter < " " and letter not in "\t\r\n\f\v")
    if odd > len(text[:20_000]) // 100:
        raise errors.UnreadableFile(
            f"{errors.shown(name)} is no text and no workbook, so nothing can be read."
        )
    return text


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise errors.UnreadableFile(
            f"{errors.shown(name)} is damaged: its text breaks off. Open it in a spreadsheet "
            f"and save it anew."
        ) from error


def _guessed(content: bytes) -> str:
    """A text of the time before UTF-8; western European where nothing speaks for another."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[: 256 * 1024], cp_isolation=_OLD, preemptive_behaviour=False).best()
    encoding = best.encoding if best is not None else "cp1252"
    western = encoding not in (*_EAST_ASIAN, "cp1251", "mac_roman", "cp1250")
    if encoding in _EAST_ASIAN and not _looks_east_asian(content, encoding):
        western = True
    if encoding in ("mac_roman", "cp1250") and b"\n" in content:
        western = True  # only old Macs wrote it, and ended their lines by CR alone
    return content.decode("cp1252" if western else encoding, errors="replace")


def _looks_east_asian(content: bytes, encoding: str) -> bool:
    text = content.decode(encoding, errors="replace")
    letters = re.findall(r"[^\x00-\x7f]", text)
    eastern = [
        letter
        for letter in letters
        if re.match(r"[\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]", letter)
    ]
    return len(eastern) >= 0.9 * len(letters) and "\ufffd" not in text


def _records_of(text: str) -> tuple[str, list[list[str]]]:
    """The separator that fits best, and the records that it gives."""
    named = re.match(r"\ufeff?sep=(.)\r?\n", text)
    if named:
        return named[1], list(_records(text, named[1]))
    lines = text[:400_000]
    best = max(SEPARATORS, key=lambda sign: (_fitness(lines, sign), -SEPARATORS.index(sign)))
    records = list(_records(text, best))
    if best == "," and _wrapped(records):
        # every line was put in quotes as a whole
        records = [next(csv.reader([record[0]]), []) if record else [] for record in records]
    return best, records


def _fitness(text: str, separator: str) -> tuple[int, float]:
    """How well a separator fits: known column names in one record, then widths that agree."""
    from coachkit.importing.vocabulary import known_names

    widths: Counter[int] = Counter()
    names = 0
    for at, record in enumerate(_records(text, separator)):
        if at >= _LOOKED_AT:
            break
        if any(cell.strip() for cell in record):
            widths[len(record)] += 1
            if at < 30 and len(record) > 1:
                names = max(names, known_names(record))
    if not widths:
        return 0, 0.0
    width, often = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    return (names if names > 1 else 0), (often / widths.total() * min(width - 1, 12))


def _wrapped(records: list[list[str]]) -> bool:
    filled = [record for record in records if any(record)]
    return bool(filled) and all(len(record) == 1 and "," in record[0] for record in filled[:50])


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The records of a text; a quote that is never closed is a quote, and costs one line."""
    lines = list(io.StringIO(text, newline=""))
    at = 0
    mended = 0
    with _roomy_cells():
        while at < len(lines):
            start = at
            for start, end, record in _strict(lines, at, separator):
                if end - start > _MOST_LINES_IN_A_CELL or (
                    end >= len(lines) and _open(lines, start, end)
                ):
                    break
                at = end
                yield record
            else:
                return
            at = start + 1
            mended += 1
            yield lines[start].rstrip("\r\n").split(separator)
            if mended > 50:  # quotes mean nothing in this file
                for line in lines[at:]:
                    yield line.rstrip("\r\n").split(separator)
                return


def _strict(lines: list[str], at: int, separator: str) -> Iterator[tuple[int, int, list[str]]]:
    """Records from a line on, each with the line that it begins at and the one after its end."""
    reader = csv.reader(iter(lines[at:]), delimiter=separator)
    begin = at
    for record in reader:
        end = at + reader.line_num
        yield begin, end, record
        begin = end


def _open(lines: list[str], start: int, end: int) -> bool:
    """Whether the last record of a file took several lines and its quotes do not pair."""
    return end - start > 1 and "".join(lines[start:end]).count('"') % 2 == 1


def _without_frame(record: list[str]) -> list[str]:
    """A row of a Markdown table without the bars around it; its rule is no row."""
    cells = record
    if len(cells) > 2 and not cells[0].strip() and not cells[-1].strip():
        cells = cells[1:-1]
    if cells and all(re.fullmatch(r"\s*:?-{2,}:?\s*", cell) for cell in cells):
        return []
    return [cell.strip() for cell in cells]


@contextmanager
def _roomy_cells() -> Iterator[None]:
    """The csv module refuses long cells; the limit is the whole session's, so it is set back."""
    before = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)
