"""Words as they are compared: without case, accents, punctuation or stray blanks."""

import re
import unicodedata
from functools import lru_cache

from coachkit._csv import read_csv
from coachkit._places import data_folder

#: ``companyName`` is two words, and so is ``URLPath``.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    r"""The words of a text, one blank apart, as ``data/import_*.csv`` spell them.

    Examples
    --------
    >>> folded("  Entreprise /\n Société* ")
    'entreprise societe'
    """
    return " ".join(_WORD.findall(unaccented(text.casefold()).replace("_", " ")))


def apart(text: str) -> str:
    """A text with blanks where words are written together (``noResponse``)."""
    return _HUMP.sub(" ", text)


def unaccented(text: str) -> str:
    """A text without accents, and without the marks on kana, of which both spellings are seen."""
    spread = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain)  # so that a Korean syllable is one letter


def folded_header(text: str) -> str:
    """The words of a column's name, written together or not.

    Examples
    --------
    >>> folded_header("dateApplied (MM/DD/YYYY)")
    'date applied'
    """
    bare = re.sub(r"[(\[（【][^)\]）】]*[)\]）】]", " ", text)  # what stands in brackets explains
    bare = re.sub(r"#", " number ", bare)
    words = folded(apart(bare))
    return words or folded(apart(text))


def respelled(words: str) -> str:
    """German words whose umlauts are written with an e, as the lists spell them.

    Examples
    --------
    >>> respelled("keine rueckmeldung")
    'keine ruckmeldung'
    """
    return re.sub(r"(?<![aeq])([aou])e", r"\1", words)


def wordset(text: str) -> frozenset[str]:
    """The words of a text, apart by blanks."""
    return frozenset(text.split())


def word_list(name: str) -> list[dict[str, str]]:
    """The rows of one of the word lists in ``data``."""
    table = read_csv(data_folder() / f"import_{name}.csv")
    return [{str(key): str(cell) for key, cell in row.items()} for row in table.to_dict("records")]
