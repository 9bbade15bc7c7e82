"""Names that somebody chose to break things: shown as text or refused with a sentence."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest

import coachkit as ck
from coachkit.practice import new_practice
from tests.browser.conftest import App, StartApp, Watched, leave

#: Markup, formulas, templates, paths, commands, and letters that steer.
NAUGHTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><b onmouseover=alert(1)>bold</b>',
    "javascript:alert(1)",
    "<!-- --><style>*{display:none}</style>",
    "</textarea></select></table></div>",
    "&lt;b&gt; &amp; &#60;",
    "$x^2$ \\(y\\) $$z$$",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "=1+1",
    "../../../../etc/passwd",
    "C:\\nul\\con",
    "'; DROP TABLE clients; --",
    "Robert'); --",
    "%s %n %d {0} {name}",
    "`touch /tmp/x`",
    "null",
    "NaN",
    "undefined",
    "-1",
    "[object Object]",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "\u202etxet eht",
    "\u200bnothing\u200b",
    "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308",
    "👩🏽‍💻 🇺🇳",
    "社會科學院語學研究所",
    "مُنَاقَشَةُ سُبُلِ",
    "Ω≈ç√∫˜µ≤≥÷",
    "x" * 500,
    "two\nlines",
    "tab\there",
    "\ufeffmarked",
    " ",
    "",
    "\0",
)


def naughty() -> list[str]:
    """The lines above, and those of a well-known list where it is at hand."""
    places = [os.environ.get("COACHKIT_SHARED"), Path(__file__).parents[3] / "shared"]
    for place in filter(None, places):
        known = Path(place) / "samples" / "hostile" / "blns.txt"
        if known.exists():
            lines = known.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
            return [*NAUGHTY, *(line for line in lines if line and not line.startswith("#"))]
    return list(NAUGHTY)


@pytest.fixture(scope="module")
def taken_on(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str]]:
    """One practice with all of them: where it lies, who was taken on, how others were refused."""
    path = tmp_path_factory.mktemp("hostile") / "own.coachkit"
    practice = new_practice(path, timezone="America/New_York")
    yesterday = pd.Timestamp.now(tz="UTC") - pd.Timedelta(days=1, hours=1)
    accepted, refused = [], []
    with practice.change("Names"):
        for name in naughty():
            try:
                client = practice.add_client(name, timezone="America/New_York")
            except ck.CoachkitError as fault:
                refused.append(str(fault))
                continue
            where = practice.add_opportunity(client, employer=name, role=name, field=name)
            practice.add_interview(where, held_at=yesterday)
            accepted.append(name)
    return path, accepted, refused


@pytest.fixture(scope="module")
def app(start_app: StartApp, taken_on: tuple[Path, list[str], list[str]]) -> App:
    return start_app(taken_on[0])


@pytest.fixture(scope="module")
def today(app: App) -> Iterator[Watched]:
    watched = app.open("1_today")
    yield watched
    leave(watched.page)


def test_most_names_are_taken_and_the_others_refused_in_a_sentence(
    taken_on: tuple[Path, list[str], list[str]],
) -> None:
    """Nobody is turned away for a strange name; nothing but blanks is no name."""
    _, accepted, refused = taken_on
    assert len(accepted) >= len(NAUGHTY) - 5
    assert refused
    for sentence in refused:
        assert sentence.endswith(".")
        assert "\n" not in sentence


def test_every_name_is_on_the_page_as_text(
    today: Watched, taken_on: tuple[Path, list[str], list[str]]
) -> None:
    """Letter by letter, but for those that steer and the blanks between lines."""
    from coachkit.telling import plain

    shown = today.page.locator(".ck-today .ck-who").all_text_contents()
    assert {plain(name) for name in taken_on[1]} <= set(shown)


def test_nothing_of_a_name_is_an_element_or_runs(today: Watched) -> None:
    """No dialog, no fault, no image, no script, and nothing fetched."""
    assert today.complaints == []
    inside = today.page.locator(".ck-today")
    assert inside.locator("img, script, svg, style, b, iframe, a, math").count() == 0
    hosts = {urlsplit(url).hostname for url in today.asked if not url.startswith("data:")}
    assert hosts <= {"127.0.0.1", None}


@pytest.mark.parametrize("page", ["2_client_session", "3_compliance", "4_wait_periods"])
def test_the_other_pages_stand_too(app: App, page: str) -> None:
    """Each with all the names, as text."""
    watched = app.open(page)
    if page == "2_client_session":
        watched.page.get_by_role("button", name="Choose a client…").click()
        watched.page.get_by_label("Client", exact=True).select_option(
            label="<script>alert(1)</script>"
        )
        watched.page.locator(".ck-open-client").click()
        watched.page.locator(".ck-client h2", has_text="<script>alert(1)</script>").wait_for()
    else:
        watched.page.get_by_text("<img src=x onerror=alert(1)>").first.wait_for(state="attached")
    assert watched.complaints == []
    assert watched.page.locator(".ck-panel").locator("script, iframe, img[src=x]").count() == 0
