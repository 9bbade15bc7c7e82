"""Notes that a client sends and a coach checks: write them from facts, check what was written.

``compose`` and ``compose_each`` write, ``check`` reads; ``Wanted``, ``Note``, ``Gap`` and
``Finding`` are what goes in and comes out; ``Templates`` are the words, which a coach may change.
"""

from coachkit._lazy import load_when_used

TYPE_CHECKING = False  # as typing's, whose import would cost more than all the rest
if TYPE_CHECKING:
    from coachkit.notes._check import Finding, Known, check, known_of
    from coachkit.notes._composing import compose, compose_each, must_be_ready
    from coachkit.notes._templates import Templates, copy_templates
    from coachkit.notes._values import NOTE_KINDS, Gap, Note, Sample, Wanted, kind_named

_HOMES = {
    "Finding": "_check",
    "Gap": "_values",
    "Known": "_check",
    "NOTE_KINDS": "_values",
    "Note": "_values",
    "Sample": "_values",
    "Templates": "_templates",
    "Wanted": "_values",
    "check": "_check",
    "compose": "_composing",
    "compose_each": "_composing",
    "copy_templates": "_templates",
    "kind_named": "_values",
    "known_of": "_check",
    "must_be_ready": "_composing",
}
__all__ = [  # noqa: RUF022 in the order of use
    "NOTE_KINDS",
    "Wanted",
    "compose",
    "compose_each",
    "Note",
    "Gap",
    "Sample",
    "must_be_ready",
    "check",
    "Finding",
    "Known",
    "known_of",
    "Templates",
    "copy_templates",
    "kind_named",
]

load_when_used(__name__)
