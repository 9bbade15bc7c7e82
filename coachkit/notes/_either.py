"""``{% either %}``: several ways to say one thing, of which every note takes its own.

``{% either %}One way.{% or %}Another.{% or warm %}One for warm voices.{% endeither %}``

After ``either`` and ``or`` may stand the formalities and paces that the words are for; nothing
means for all. Which one a note takes follows from whose note it is and from how many came before it
at that employer: never from chance, so that the same note reads the same tomorrow.
"""

import hashlib
import re
from collections.abc import Sequence

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context

from coachkit import errors, terms

_TAG = re.compile(r"\{%.*?%\}")
_FOR = frozenset((*terms.FORMALITIES, *terms.PACES))


class Either(Extension):
    """The tag itself; the template's context brings ``formality``, ``pace``, ``seed``, ``turn``."""

    tags = {"either"}  # noqa: RUF012 so Jinja names it

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Let a line of tags alone vanish, and a line of words keep its end.

        Jinja takes the line break after a tag away; behind words it is the end of a paragraph.
        """
        return "\n".join(
            f"{line.rstrip()} "
            if line.rstrip().endswith("%}") and _TAG.sub("", line).strip()
            else line
            for line in source.split("\n")
        )

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Read the options and become a choice between them."""
        line = parser.stream.current.lineno
        number = getattr(parser, "eithers", 0) + 1
        parser.eithers = number  # type: ignore[attr-defined]
        options: list[tuple[tuple[str, ...], list[nodes.Node]]] = []
        while True:
            next(parser.stream)  # either, or
            meant_for = self._meant_for(parser)
            body = parser.parse_statements(("name:or", "name:endeither"))
            options.append((meant_for, body))
            if parser.stream.current.test("name:endeither"):
                next(parser.stream)
                break
        asked = [meant_for for meant_for, _ in options]
        _refuse_silence(parser, asked, line)
        chosen = parser.free_identifier(line)
        pick = self.call_method(
            "pick", [nodes.ContextReference(), nodes.Const(number), nodes.Const(tuple(asked))]
        )
        assign = nodes.Assign(chosen, pick, lineno=line)
        return [
            assign,
            *(
                nodes.If(
                    nodes.Compare(chosen, [nodes.Operand("eq", nodes.Const(place))]),
                    body,
                    [],
                    [],
                    lineno=line,
                )
                for place, (_, body) in enumerate(options)
            ),
        ]

    def _meant_for(self, parser: Parser) -> tuple[str, ...]:
        words: list[str] = []
        while not parser.stream.current.test("block_end"):
            word = parser.stream.expect("name")
            if word.value not in _FOR:
                allowed = errors.listed((*terms.FORMALITIES, *terms.PACES))
                parser.fail(f"'{word.value}' is no voice and no pace; use {allowed}", word.lineno)
            words.append(word.value)
        return tuple(words)

    def pick(self, context: Context, number: int, asked: Sequence[tuple[str, ...]]) -> int:
        """The place of the option that this note takes, at a choice of that number."""
        fitting = _fitting(asked, context["formality"], context["pace"])
        digest = hashlib.sha256(f"{context['seed']}/{number}".encode()).digest()
        return fitting[(digest[0] + int(context["turn"])) % len(fitting)]


def _fitting(asked: Sequence[tuple[str, ...]], formality: str, pace: str) -> list[int]:
    return [
        place
        for place, words in enumerate(asked)
        if _allows(words, formality, terms.FORMALITIES) and _allows(words, pace, terms.PACES)
    ]


def _allows(words: Sequence[str], word: str, among: Sequence[str]) -> bool:
    named = [other for other in words if other in among]
    return not named or word in named


def _refuse_silence(parser: Parser, asked: Sequence[tuple[str, ...]], line: int) -> None:
    """Every voice at every pace must have something to say."""
    for formality in terms.FORMALITIES:
        for pace in terms.PACES:
            if not _fitting(asked, formality, pace):
                parser.fail(f"nothing to say here for a {formality} voice at a {pace} pace", line)
