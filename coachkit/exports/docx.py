"""A report as a Word document: real headings, header rows, pictures that say what they show."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from coachkit.exports._texts import xml_text
from coachkit.reports.parts import Paragraph, Picture, Points, Report, Table

if TYPE_CHECKING:
    from docx.document import Document

_INK, _MUTED, _ACCENT, _LINE = "1C2733", "56616C", "1F5F93", "C9D0D7"
_PAPERS = {"us-letter": (8.5, 11.0), "a4": (8.27, 11.69)}  # inches
_MARGIN = 0.8


def to_docx(report: Report) -> bytes:
    """Write a report as a Word document.

    Its styles are Word's own (title, headings, list, caption), so that the coach can restyle it at
    one place. The same report gives the same bytes.
    """
    import docx
    from docx.shared import Inches

    document = docx.Document()
    _set_properties(document, report)
    _set_styles(document)
    page = document.sections[0]
    page.page_width, page.page_height = map(Inches, _PAPERS[report.paper])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Inches(_MARGIN)
    page.footer.paragraphs[0].text = xml_text(
        f"{report.genre} · {report.title} · {report.facts[0]}"
    )
    document.add_paragraph(xml_text(report.genre.upper()), style="Subtitle")
    document.add_paragraph(xml_text(report.title), style="Title")
    document.add_paragraph(xml_text("  ·  ".join(report.facts)), style="Caption")
    if report.headlines:
        _add_headlines(document, report)
    width = _PAPERS[report.paper][0] - 2 * _MARGIN
    in_details = False
    for section in report.sections:
        heading = document.add_heading(xml_text(section.heading), level=1)
        heading.paragraph_format.page_break_before = section.details and not in_details
        in_details = section.details
        for part in section.parts:
            _add_part(document, part, width)
    return _same_every_time(document)


def _add_part(document: "Document", part: Any, width: float) -> None:
    if isinstance(part, Paragraph):
        document.add_paragraph(xml_text(part.text))
    elif isinstance(part, Points):
        for item in part.items:
            document.add_paragraph(xml_text(item), style="List Bullet")
    elif isinstance(part, Picture):
        _add_picture(document, part, width)
    elif isinstance(part, Table):
        _add_table(document, part, width)


def _add_picture(document: "Document", picture: Picture, width: float) -> None:
    from docx.shared import Inches

    shape = document.add_picture(BytesIO(picture.png), width=Inches(width))
    shape._inline.docPr.set("descr", xml_text(picture.alt))
    shape._inline.docPr.set("title", xml_text(picture.title))


def _add_table(document: "Document", part: Table, width: float) -> None:
    from docx.shared import Inches

    if not part.rows:
        document.add_paragraph(xml_text(part.empty))
        return
    caption = document.add_paragraph(xml_text(part.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    rows = list(part.told())
    table = document.add_table(rows=len(rows) + 1, cols=len(part.columns))
    table.autofit = False
    shares = [column.width for column in part.columns]
    widths = [width * share / sum(shares) for share in shares]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Inches(wide)
    headings = tuple(column.heading for column in part.columns)
    for line, (row, texts) in enumerate(zip(table.rows, [headings, *rows], strict=True)):
        _keep_whole(row, header=line == 0)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            number = part.columns[place].is_number
            _fill(cell, text, widths[place], number=number, header=line == 0, first=place == 0)
    document.add_paragraph().paragraph_format.space_after = 0


def _fill(cell: Any, text: str, width: float, *, number: bool, header: bool, first: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Inches, Pt, RGBColor

    cell.width = Inches(width)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(6)
    run = paragraph.add_run(xml_text(text))
    run.font.size = Pt(8 if header else 9)
    run.bold = header or first
    if header:
        run.font.color.rgb = RGBColor.from_string(_MUTED)
    _rule_under(cell, _INK if header else _LINE, 8 if header else 4)


def _rule_under(cell: Any, colour: str, eighths: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "0"), ("color", colour)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    cell._tc.get_or_add_tcPr().append(borders)


def _keep_whole(row: Any, *, header: bool) -> None:
    """No row is broken over two pages; the first stands again on each."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _add_headlines(document: "Document", report: Report) -> None:
    from docx.shared import Pt, RGBColor

    table = document.add_table(rows=1, cols=len(report.headlines))
    for cell, one in zip(table.rows[0].cells, report.headlines, strict=True):
        lines = ((one.label, 8.5, _MUTED), (one.figure, 18, _INK), (one.aside, 8, _MUTED))
        for number, (text, size, colour) in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(xml_text(text))
            run.font.size, run.bold = Pt(size), number == 1
            run.font.color.rgb = RGBColor.from_string(colour)


def _set_styles(document: "Document") -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    looks = {
        "Normal": (10, False, _INK, 0, 4),
        "Subtitle": (9, True, _ACCENT, 0, 0),
        "Title": (24, True, _INK, 0, 2),
        "Caption": (9, False, _MUTED, 0, 4),
        "Heading 1": (14, True, _INK, 14, 4),
        "List Bullet": (10, False, _INK, 0, 2),
    }
    for name, (size, bold, colour, before, after) in looks.items():
        style: Any = document.styles[name]
        style.font.name = "Calibri"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    title: Any = document.styles["Title"].element
    for border in title.pPr.findall(qn("w:pBdr")):
        title.pPr.remove(border)


def _set_properties(document: "Document", report: Report) -> None:
    """What the file says of itself; python-docx's own words and times are taken out."""
    from datetime import datetime, time

    properties = document.core_properties
    made = datetime.combine(report.as_of, time())
    properties.title = xml_text(f"{report.genre}: {report.title}")[:255]
    properties.subject = report.genre
    properties.author = properties.last_modified_by = "coachkit"
    properties.comments = properties.keywords = ""
    properties.language = "en"
    properties.created = properties.modified = made


def _same_every_time(document: "Document") -> bytes:
    """The file with one time stamp on each of its parts, whenever it is written."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    written, out = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(out, "w", ZIP_DEFLATED) as same:
        for name in parts.namelist():
            same.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts.read(name), ZIP_DEFLATED)
    return out.getvalue()
