"""A note's text read as a note: headers, greeting, sentences, sign-off, each with its place."""

import re
from dataclasses import dataclass
from functools import cache

from coachkit.notes._phrases import lexicon

#: Curly quotes read as plain ones; every letter keeps its place.
_PLAIN = str.maketrans("’‘‛ʼ“”„‟–—\u00a0", "''''\"\"\"\"-- ")
_HEADER = re.compile(r"\A(?:\s*(?:subject|to|from|cc|date|re)\s*:[^\n]*\n)+", re.IGNORECASE)
_NAME_LINE = re.compile(
    r"^[ \t-]*(?P<name>[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){0,3})(?:, [A-Z][\w.]{1,5}){0,2}[ \t]*$"
)
#: How to reach the writer, below the name: an address or a number.
_REACHED = re.compile(r"@|https?:|www\.|(?:\d\W{0,2}){6}")
#: A line of a letterhead has no more words.
_LONGEST_HEAD = 8
_NAME = r"(?-i:[A-Z])[\w'-]*\.?(?:[ ](?-i:[A-Z])[\w'-]+){0,3}"
#: Behind a sign-off stand no more words than a long signature has.
_LONGEST_SIGNATURE = 40


@dataclass(frozen=True)
class _Frame:
    """How a note's frame is told: greeting, sign-off, the ends of sentences."""

    greeting: re.Pattern[str]
    greeted_line: re.Pattern[str]
    bare_name: re.Pattern[str]
    called: re.Pattern[str]
    closing: re.Pattern[str]
    inline: re.Pattern[str]
    thanked: re.Pattern[str]
    introduced: re.Pattern[str]
    sentence_end: re.Pattern[str]
    nobody: frozenset[str]


@cache
def _frame(language: str = "en") -> _Frame:
    told = lexicon(language).reading
    titles = "|".join(rf"(?<=\b{title})\." for title in told["titles"])
    whom = rf"(?:[^\n,:;!.?-]|{titles}|(?<= [A-Z])\.|(?<=\w)-(?=\w))"
    titled = rf"(?:{'|'.join(told['titles'])})\.? [A-Z][\w'-]+\."
    name = rf"(?-i:(?:[A-Z][\w.'-]+ ?){{1,3}}(?:,|!|:|$|\n)|{titled})"
    upper = r"[^\W\d_a-z][\w'.]*"
    before = f"(?:(?:{'|'.join(told['before_closing'])}) )*"
    closings = f"{before}(?:{'|'.join(told['closings'])})"
    short = [*told["titles"], *told["abbreviations"]]
    return _Frame(
        greeting=re.compile(
            rf"\A[\s>*]*(?P<all>(?P<word>{'|'.join(told['greetings'])})\b(?:,(?= {name}))?"
            rf"(?P<whom>{whom}{{0,80}})(?P<end>[,:;!.?-]+|\Z|(?=\n)))",
            re.IGNORECASE,
        ),
        greeted_line=re.compile(
            rf"^[ \t]*(?:{'|'.join(told['greetings'])})\b", re.IGNORECASE | re.MULTILINE
        ),
        bare_name=re.compile(
            rf"\A\s*(?P<all>(?P<whom>{upper}(?: (?:and |& )?{upper}){{0,3}})\s*[,:!-][ ]*\n)"
        ),
        called=re.compile(
            rf"\A\s*(?P<all>(?P<whom>(?:{'|'.join(told['titles'])})\.? {upper}(?: {upper})?),)(?= )"
        ),
        closing=re.compile(
            rf"^[ \t>*]*{closings}[ ]*[,.!-]*[ ]*(?P<name>[^\n,.!?]{{0,60}})$",
            re.IGNORECASE | re.MULTILINE,
        ),
        inline=re.compile(
            rf"[.!?]\s+(?P<closing>(?:{closings}[,!.-]*\s+)?-?\s*(?P<name>{_NAME}))[.!]?\s*\Z",
            re.IGNORECASE,
        ),
        thanked=re.compile(
            rf"\A\s*(?:{'|'.join(told['thanking'])})\b[^.!?\n]*?,[ ](?P<name>{_NAME})[.,!]",
            re.IGNORECASE,
        ),
        introduced=re.compile(
            rf"\b(?:{'|'.join(told['introductions'])}) (?P<name>(?-i:[A-Z])[\w'-]+)", re.IGNORECASE
        ),
        sentence_end=re.compile(
            "".join(rf"(?<!\b{word})" for word in short) + r"[.!?…]+[\"')\]]*(?=\s)|\n[ \t]*\n"
        ),
        nobody=frozenset(told["nobody"].split()),
    )


@dataclass(frozen=True)
class Span:
    """A piece of the text: its place and what stands there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Read:
    """A note, read. ``plain`` is ``text`` with plain quotes, letter by letter in the same place."""

    text: str
    plain: str
    begins_at: int  # behind an e-mail's headers, a letter's addresses
    greeting: Span | None
    recipient: str | None
    sender: str | None
    closing_at: int  # where the sign-off begins; the text's end where there is none
    sentences: tuple[Span, ...]

    @property
    def body(self) -> str:
        """The sentences, without greeting and sign-off."""
        return " ".join(span.text for span in self.sentences)

    @property
    def words(self) -> int:
        """How many words it has, greeting and sign-off included, what stands above them not."""
        return len(self.plain[self.begins_at :].split())

    @property
    def first(self) -> Span:
        """The first sentence; where there is none, all there is."""
        if self.sentences:
            return self.sentences[0]
        return self.greeting or Span(0, len(self.text), self.text)


def read(text: str) -> Read:
    """Read a note."""
    plain = text.translate(_PLAIN)
    start = _head(plain)
    greeting, recipient = _greeting(plain, start)
    if not greeting and (thanked := _frame().thanked.match(plain[start:])):
        recipient = thanked["name"]  # "Thank you for the visit, Ada."
    body_at = greeting.end if greeting else start
    closing_at, sender = _closing(plain, body_at)
    return Read(
        text,
        plain,
        start,
        greeting,
        recipient,
        sender or _introduced(plain),
        closing_at,
        tuple(_sentences(plain, body_at, closing_at)),
    )


def _head(plain: str) -> int:
    """Where a note begins: behind an e-mail's headers or a letter's addresses and date."""
    header = _HEADER.match(plain)
    start = header.end() if header else 0
    greeted = _frame().greeted_line.search(plain, start)
    above = plain[start : greeted.start()] if greeted else ""
    if greeted and all(len(line.split()) <= _LONGEST_HEAD for line in above.splitlines()):
        return greeted.start()
    return start


def _greeting(plain: str, start: int) -> tuple[Span | None, str | None]:
    rest = plain[start:]
    frame = _frame()  # "Dear Ann," or "Ann," on a line of its own, or "Ms. Lee, thank you …"
    found = frame.greeting.match(rest) or frame.bare_name.match(rest) or frame.called.match(rest)
    if not found:
        return None, None
    words = [word.strip(" .'\"*") for word in re.split(r"[\s/]+", found["whom"])]
    nobody = _frame().nobody | {title.lower() for title in lexicon().reading["titles"]}
    named = [word for word in words if word and word.lower() not in _frame().nobody]
    if all(word.lower() in nobody for word in named):
        named = []  # a title alone names nobody
    called = all(word[0].isupper() or not word[0].isalpha() for word in named)
    if (
        found.re is not frame.greeting
        or called
        or (len(named) <= 3 and found["end"] in ("", ",", ":", "-"))
    ):
        span = Span(start + found.start("all"), start + found.end("all"), found["all"].strip())
        return span, " ".join(named) or None
    # "Hi I wanted to …": a sentence that greets nobody by name
    return Span(start + found.start("all"), start + found.end("word"), found["word"]), None


def _closing(plain: str, start: int) -> tuple[int, str | None]:
    """Where the sign-off begins, and who signs."""
    found = None
    for match in _frame().closing.finditer(plain, start):
        behind = plain[match.end() :].strip()
        if len(behind.split()) <= _LONGEST_SIGNATURE and (
            match["name"].strip() == "" or len(match["name"].split()) <= 4
        ):
            found = match
            break
    if found:
        name = found["name"].strip(" -")
        lines = [line.strip() for line in plain[found.end() :].splitlines() if line.strip()]
        if not name and lines and _NAME_LINE.match(lines[0]):
            name = lines[0].strip("- ")
        return found.start(), name or None
    inline = _frame().inline.search(plain, start)
    if inline:
        return inline.start("closing"), inline["name"].strip(" .!")
    lines = plain[start:].rstrip().splitlines()
    while len(lines) > 1 and _REACHED.search(lines[-1]):
        lines.pop()
    if len(lines) > 1 and (last := _NAME_LINE.match(lines[-1])) and lines[-1].strip():
        name = last["name"]
        if len(name.split()) <= 4 and not name.endswith("."):
            return start + len("\n".join(lines)) - len(lines[-1]), name.strip()
    return len(plain), None


def _introduced(plain: str) -> str | None:
    found = _frame().introduced.search(plain[:300])
    return found["name"] if found else None


def _sentences(plain: str, start: int, end: int) -> list[Span]:
    spans = []
    place = start
    for stop in _frame().sentence_end.finditer(plain, start, end):
        spans.append((place, stop.end()))
        place = stop.end()
    spans.append((place, end))
    found = []
    for begin, until in spans:
        piece = plain[begin:until]
        left = len(piece) - len(piece.lstrip())
        text = piece.strip()
        if re.search(r"\w", text):
            found.append(Span(begin + left, begin + left + len(text), text))
    return found
