"""What a file is, by its first bytes and never by its name alone; what no tracker is, refused."""

import zipfile
from pathlib import Path
from typing import Literal

from coachkit import errors

Kind = Literal["text", "workbook", "calendar"]

#: No tracker is larger. Its size is looked up before it is opened.
LARGEST_FILE = 32 * 1024**2
#: A workbook is a zip: so much may come out of it, and out of one byte of it.
LARGEST_UNPACKED = 200 * 1024**2
_LARGEST_RATIO = 200
_SMALL = 1024**2

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: First bytes of what is no tracker, whatever it is called.
_STRANGERS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or sound"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"BEGIN:VCARD", "an address book (vCard)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_PAGES = (b"<!doctype html", b"<html", b"<?xml", b"<table", b"<head")


def kind_of(path: Path, name: str) -> Kind:
    """Whether a file is text, a workbook or a calendar; ``name`` is what messages call it.

    Raises
    ------
    UnreadableFile
        It is not there, too large, or nothing that a tracker is kept in; the message says what it
        is and what to do.
    """
    try:
        if path.is_dir():
            raise errors.UnreadableFile(
                f"{errors.shown(name)} is a folder without a file that coachkit reads."
            )
        if not path.is_file():
            raise errors.UnreadableFile(
                f"There is no file {errors.shown(name)}. Check its name and folder."
            )
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise errors.UnreadableFile(
                f"{errors.shown(name)} holds {_megabytes(size)}; a tracker holds "
                f"{_megabytes(LARGEST_FILE)} at most. Save the sheet with the applications "
                f"alone and import that."
            )
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise errors.UnreadableFile(
            f"{errors.shown(name)} cannot be read ({error.strerror}). Close it where it "
            f"is open, or copy it."
        ) from error
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zipped(path, name)
    if head.startswith(_OLE):
        raise errors.UnreadableFile(_old_office(path, name))
    for first, what in _STRANGERS:
        if head.startswith(first) and (first != b"BM" or b"\x00" in head):
            raise errors.UnreadableFile(
                f"{errors.shown(name)} is {what}, not a spreadsheet or a calendar."
            )
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith(_PAGES):
        raise errors.UnreadableFile(
            f"{errors.shown(name)} is a web page or XML inside. Open it in a spreadsheet "
            f"and save it as .xlsx."
        )
    if start.startswith(b"begin:v"):
        return "calendar"
    return "text"


def _zipped(path: Path, name: str) -> Kind:
    """A workbook, if the zip is one and unpacks to a bearable size."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise errors.UnreadableFile(
            f"{errors.shown(name)} is a damaged workbook or zip. Open it in a spreadsheet "
            f"and save it anew."
        ) from error
    names = {entry.filename for entry in entries}
    if not any(entry.startswith("xl/") for entry in names):
        what = (
            "an OpenDocument spreadsheet"
            if "content.xml" in names
            else "a Word document"
            if "word/document.xml" in names
            else "a zip archive"
        )
        raise errors.UnreadableFile(
            f"{errors.shown(name)} is {what}. Save its table as .xlsx or .csv."
        )
    if "xl/workbook.bin" in names:
        raise errors.UnreadableFile(
            f"{errors.shown(name)} is a binary workbook (.xlsb). Save it as .xlsx."
        )
    unpacked = sum(entry.file_size for entry in entries)
    ratio = unpacked / max(1, sum(entry.compress_size for entry in entries))
    if unpacked > LARGEST_UNPACKED or (unpacked > 32 * _SMALL and ratio > _LARGEST_RATIO):
        raise errors.UnreadableFile(
            f"{errors.shown(name)} unpacks to {_megabytes(unpacked)}, far beyond any tracker, "
            f"and was not opened. Save the sheet with the applications alone and import that."
        )
    return "workbook"


def _old_office(path: Path, name: str) -> str:
    """An OLE file: an old workbook, or a new one behind a password."""
    with path.open("rb") as file:
        content = file.read(_SMALL)
    shown = errors.shown(name)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return (
            f"{errors.shown(name)} is protected by a password. Save it without one and import that."
        )
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return f"{shown} is a workbook of the old kind (.xls). Save it as .xlsx and import that."
    return f"{shown} is an old Office file, not a spreadsheet. Save its table as .xlsx or .csv."


def _megabytes(size: int) -> str:
    return f"{size / 1024**3:.1f} GB" if size >= 1024**3 else f"{size / 1024**2:.0f} MB"
