"""Templates: files that a coach may copy and edit; a broken one costs nothing but itself."""

import tomllib
import traceback
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachkit import errors
from coachkit.notes._language import Language

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

#: What the templates are called, and where those that came with coachkit lie.
TEMPLATE_NAMES = (
    "thank_you",
    "card",
    "follow_up",
    "follow_up_later",
    "follow_up_promise",
    "call",
    "closing",
    "weekly",
)
SHIPPED = Path(__file__).resolve().parents[1] / "templates"
WORDS = "words.toml"
#: A template longer than this is no note.
_LONGEST = 50_000
#: What a template may do wrong while it is filled in.
_SLIPS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)


class Fault(errors.BrokenTemplate):
    """A broken template: ``file``, ``line`` (null where it has none) and ``reason``."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        self.file, self.line, self.reason = file, line, " ".join(reason.split()).rstrip(".")
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {self.reason}. Mend it, or take your copy away.")

    def __reduce__(self) -> tuple[type["Fault"], tuple[str, int | None, str]]:
        """Let another process hand it back."""
        return type(self), (self.file, self.line, self.reason)


class Templates:
    """The templates of a language: the coach's own copies where there are any, else the shipped.

    Parameters
    ----------
    folder
        A folder of the coach's own; in it a folder a language, such as ``en``, with copies of as
        many of the shipped files as the coach wants to change (``copy_templates`` makes them).
    language
        The folder's name; English is what ships.

    Raises
    ------
    UnreadableFile
        There is no such folder, or no such language anywhere.
    """

    def __init__(self, folder: str | Path | None = None, language: str = "en") -> None:
        self.language_name = language
        self._own = None if folder is None else Path(folder).expanduser() / language
        if folder is not None and not Path(folder).expanduser().is_dir():
            raise errors.UnreadableFile(f"There is no folder of templates at {str(folder)!r}.")
        if not (SHIPPED / language).is_dir() and not (self._own and self._own.is_dir()):
            raise errors.UnreadableFile(
                f"There are no templates in the language {errors.quoted(language)}. "
                f"Put them into a folder of that name, or use 'en'."
            )
        self._read: dict[str, tuple[Template, Fault | None]] = {}
        self._language: tuple[Language, Fault | None] | None = None

    @property
    def language(self) -> Language:
        """The words that stand outside the templates."""
        return self._words()[0]

    def faults(self) -> list[Fault]:
        """What is wrong with the coach's own copies, all of it."""
        found = [self._words()[1], *(self._template(name)[1] for name in TEMPLATE_NAMES)]
        return [fault for fault in found if fault is not None]

    def fill(self, name: str, facts: Mapping[str, Any]) -> tuple[str, list[str]]:
        """Fill a template in.

        Returns
        -------
        text, cautions
            What the template says; a caution where the coach's own copy is broken, and the shipped
            one spoke in its place.
        """
        template, fault = self._template(name)
        faults = [self._words()[1], fault]
        try:
            text = _filled(template, f"{name}.txt", facts)
        except Fault as slip:
            shipped = _shipped(self.language_name, name)
            if shipped is None or template is shipped:
                raise
            text, faults = _filled(shipped, f"{name}.txt", facts), [*faults, slip]
        told = [f"{one} The words that came with coachkit were used." for one in faults if one]
        return text, told

    def _template(self, name: str) -> "tuple[Template, Fault | None]":
        if name not in self._read:
            self._read[name] = self._find(name)
        return self._read[name]

    def _find(self, name: str) -> "tuple[Template, Fault | None]":
        shipped = _shipped(self.language_name, name)
        own = self._own / f"{name}.txt" if self._own else None
        if own is None or not own.exists():
            if shipped is None:
                raise Fault(f"{name}.txt", None, "there is no such template in this language")
            return shipped, None
        try:
            return _compiled(own), None
        except Fault as fault:
            if shipped is None:
                raise
            return shipped, fault

    def _words(self) -> tuple[Language, Fault | None]:
        if self._language is None:
            shipped = SHIPPED / (self.language_name if _ships(self.language_name) else "en") / WORDS
            words = tomllib.loads(shipped.read_text(encoding="utf-8"))
            fault = None
            if self._own and (self._own / WORDS).exists():
                try:
                    words = _merged(words, tomllib.loads(_text_of(self._own / WORDS)))
                except (tomllib.TOMLDecodeError, Fault) as error:
                    fault = error if isinstance(error, Fault) else Fault(WORDS, None, str(error))
            self._language = Language(words), fault
        return self._language


def copy_templates(folder: str | Path, language: str = "en") -> list[Path]:
    """Copy the shipped templates into a folder, to be edited; what is there is left as it is.

    These and their words are what a folder of the coach's own is read for, and nothing else.

    Returns
    -------
    list of Path
        The files that were written.
    """
    target = Path(folder).expanduser() / language
    target.mkdir(parents=True, exist_ok=True)
    written = []
    shipped = SHIPPED / language
    for source in [*sorted(shipped.glob("*.txt")), shipped / WORDS]:
        if not (target / source.name).exists():
            (target / source.name).write_bytes(source.read_bytes())
            written.append(target / source.name)
    return written


@cache
def _shipped(language: str, name: str) -> "Template | None":
    path = SHIPPED / language / f"{name}.txt"
    return _compiled(path) if path.exists() else None


def _ships(language: str) -> bool:
    return (SHIPPED / language / WORDS).exists()


@cache
def _environment() -> "Environment":
    """Sandboxed, and strict: a name that is not there is a fault, never an empty place."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from coachkit.notes._either import Either

    return ImmutableSandboxedEnvironment(
        extensions=[Either],
        undefined=StrictUndefined,
        autoescape=False,  # the notes are plain text
        finalize=lambda value: "" if value is None else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _compiled(path: Path) -> "Template":
    from jinja2 import TemplateSyntaxError

    source = _text_of(path)
    environment = _environment()
    try:
        tree = environment.parse(source, filename=path.name)
        for name, line in _unknown_names(tree):
            raise Fault(path.name, line, f"nothing is called '{name}' here")
        code = environment.compile(source, name=path.name, filename=path.name)
    except TemplateSyntaxError as error:
        raise Fault(path.name, error.lineno, error.message or "it cannot be read") from error
    except _SLIPS as error:
        raise Fault(path.name, None, f"it cannot be read ({error})") from error
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _text_of(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Fault(path.name, line, "it is not saved as UTF-8") from error
    except OSError as error:
        raise Fault(path.name, None, f"it cannot be read ({error.strerror})") from error
    if len(text) > _LONGEST:
        raise Fault(path.name, None, f"it is longer than {_LONGEST:,} letters")
    return text


def _unknown_names(tree: "nodes.Template") -> Iterator[tuple[str, int]]:
    """Names that no note will have, and their lines: told before a note is written."""
    from jinja2 import meta, nodes

    from coachkit.notes._context import NAMES

    unknown = meta.find_undeclared_variables(tree) - set(NAMES) - set(_environment().globals)
    for node in tree.find_all(nodes.Name):
        if node.name in unknown:
            yield node.name, node.lineno


def _filled(template: "Template", file: str, facts: Mapping[str, Any]) -> str:
    from jinja2 import TemplateError

    try:
        return template.render(facts)
    except (TemplateError, *_SLIPS) as error:
        lines = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == template.filename
        ]  # fmt: skip
        raise Fault(file, lines[-1] if lines else None, str(error) or "it fails") from error


def _merged(words: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The coach's words over the shipped ones; of the wrong kind they are left out."""
    merged = {name: dict(table) for name, table in words.items()}
    for name, table in own.items():
        if name in merged and isinstance(table, dict):
            merged[name] |= {
                key: value
                for key, value in table.items()
                if isinstance(value, type(merged[name].get(key, value)))
            }
    return merged
