"""Texts that have broken spreadsheets, pages, templates and files, and a caseload full of them."""

import dataclasses
from collections.abc import Sequence

import pandas as pd

import coachkit as ck
from coachkit import terms

TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>alert(1)</script>",
    "</svg></figure><iframe src=javascript:alert(1)>",
    "javascript:alert(1)//",
    "{{ 7 * 7 }}{% for x in (1,) %}x{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    '#eval("1+1") $x^2$ @ref <label> *bold* = heading #let a = read("/etc/passwd")',
    "\\input{/etc/passwd} $\\frac{1}{0}$ $",
    "=1+1",
    '=HYPERLINK("http://example.com","click")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "{=SUM(A1)}",
    "http://example.com/?a=1&b=2",
    "007",
    "1e400",
    "../../../../etc/passwd",
    "C:\\Windows\\system32\\CON",
    "CON",
    "aux.txt. . .",
    "BEGIN:VEVENT\r\nSUMMARY:evil\r\nEND:VEVENT",
    "a;b,c\\n:d",
    "line\nbreak\r\nand\x0bothers\x85here\u2028there",
    "bell\x07escape\x1b[31mred",
    "\ufeffmark\u200bzero\u00adsoft",
    "\u202egnp.exe\u202c",
    "مرحبا بالعالم",
    "שלום עולם",
    "王小明 と 김철수",
    "नमस्ते สวัสดี ሰላም বাংলা தமிழ்",
    "👩‍👩‍👧‍👦 😀 ❤️ 🇩🇪",
    "Z̸̢̛a̷͝l̶͠g̵̈o̴͘",
    "\U00012000\ue000\U000f0000\ufffe",
    "W" * 10_000,
    "wi der " * 1_500,
    "None",
    "%s%n{0}",
    "]]>&amp;&#60;<!-- -->",
)


def hostile(caseload: ck.Caseload, texts: Sequence[str] = TEXTS) -> ck.Caseload:
    """The caseload with every text and label a hostile one, in turn."""
    turn = 0
    frames: dict[str, pd.DataFrame] = {}
    for name, frame in caseload:
        changed = frame.copy()
        for column in terms.TABLES[name]:
            if column.kind not in ("text", "label"):
                continue
            cells = [texts[(turn + row) % len(texts)] for row in range(len(frame))]
            turn += len(frame) + 1
            changed[column.name] = pd.Series(cells, dtype="object")
        frames[name] = changed
    if "notes" in frames:
        frames["notes"]["private"] = False
    return dataclasses.replace(caseload, **frames)
