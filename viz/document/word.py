"""A Word document from paragraphs, tables and pictures: Word's own styles, set for two pages; nothing of the machine.

The same blocks give the same bytes: the dates within are those that are given, and the files of the archive bear none.
"""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from goldenthread.viz.document.paper import CELL, LOOKS, MARGIN, Block, Look, Paragraph, Part, Ref, Rows, Still, Strong

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as Para

FONT = "Arial"
INK = RGBColor(0x1F, 0x3A, 0x5F)
SHADE = "E8EDF4"
LANGUAGE = "en-GB"
_TEMPLATE = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)  # tell of python-docx's own template


def written(blocks: Sequence[Block], *, title: str, subject: str, footer: str, made: str) -> bytes:
    """Return the blocks as a .docx; `made` is the day (2016-04-01) that its properties name."""
    word = Document()
    _page(word)
    _styles(word)
    _properties(word, title, subject, made)
    _footer(word, footer)
    for block in blocks:
        match block:
            case Paragraph():
                _paragraph(word.add_paragraph(style=block.style), block)
            case Still():
                _picture(word, block)
            case Rows():
                _table(word, block)
    return _same_bytes(word)


def _page(word: "Word") -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    page.header_distance = page.footer_distance = Mm(9)


def _styles(word: "Word") -> None:
    for name, look in LOOKS.items():
        style: Any = word.styles[name]
        _font(style, look)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shape.left_indent, shape.first_line_indent = Pt(look.left), Pt(-look.hanging)
        shape.keep_with_next = look.keep
        shape.widow_control = True
        if look.hanging:
            shape.tab_stops.add_tab_stop(Pt(look.left))
        for frame in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(frame)
    defaults = word.styles.element.find(qn("w:docDefaults"))
    for language in (*defaults.iter(qn("w:lang")), *word.settings.element.iter(qn("w:themeFontLang"))):
        language.set(qn("w:val"), LANGUAGE)
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _font(style: "ParagraphStyle", look: Look) -> None:
    """Set font, size and colour; a font of the template's theme would come before ours."""
    properties = style.element.get_or_add_rPr()
    for fonts in properties.findall(qn("w:rFonts")):
        properties.remove(fonts)
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(look.size), look.bold, False
    heading = style.name == "Title" or str(style.name).startswith("Heading")
    font.color.rgb = INK if heading else RGBColor(0x22, 0x22, 0x22)
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)


def _properties(word: "Word", title: str, subject: str, made: str) -> None:
    about = word.core_properties
    about.title, about.subject, about.language = title[:255], subject[:255], LANGUAGE
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = datetime.fromisoformat(made)
    relations = word.part.package.rels if word.part.package else {}
    for key in [key for key, relation in relations.items() if relation.reltype in _TEMPLATE]:
        del relations[key]


def _footer(word: "Word", text: str) -> None:
    foot = word.sections[0].footer.paragraphs[0]
    foot.style = word.styles["Footer"]
    foot.add_run(f"{text}; page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: "Para", code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, shown = OxmlElement("w:r"), OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _paragraph(paragraph: "Para", block: Paragraph) -> None:
    _parts(paragraph, block.parts)
    if block.source:
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(block.source))
        start.set(qn("w:name"), f"source{block.source}")
        first = paragraph.runs[0]._r
        first.addprevious(start)
        first.addnext(end)


def _parts(paragraph: "Para", parts: Sequence[Part]) -> None:
    for part in parts:
        match part:
            case Ref():
                _link(paragraph, part)
            case Strong(text=text):
                paragraph.add_run(text).bold = True
            case _:
                paragraph.add_run(part)


def _link(paragraph: "Para", ref: Ref) -> None:
    """Write the number of a source, which leads to it."""
    run = paragraph.add_run(str(ref))
    run.font.color.rgb = INK
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"source{ref.number}")
    link.set(qn("w:history"), "1")
    link.append(run._r)
    paragraph._p.append(link)


def _picture(word: "Word", still: Still) -> None:
    paragraph = word.add_paragraph(style="Normal")
    paragraph.paragraph_format.alignment = 1
    shape = paragraph.add_run().add_picture(BytesIO(still.png), width=Pt(still.wide), height=Pt(still.high))
    named = shape._inline.docPr
    named.set("name", "Chart")
    named.set("descr", still.says)


def _table(word: "Word", rows: Rows) -> None:
    table = word.add_table(rows=1 + len(rows.rows), cols=len(rows.heading), style="Table Grid")
    table.autofit = False
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(_margins())
    for name, text in (("w:tblCaption", "Actions"), ("w:tblDescription", rows.says)):
        said = OxmlElement(name)
        said.set(qn("w:val"), text)
        table._tbl.tblPr.append(said)
    for column, wide in zip(table.columns, rows.widths, strict=True):
        column.width = Pt(wide)
    for row, parts in zip(table.rows, (tuple((Strong(text),) for text in rows.heading), *rows.rows), strict=True):
        first = parts is not None and row._tr is table.rows[0]._tr
        _whole(row._tr, heading=first)
        for cell, said_here, wide in zip(row.cells, parts, rows.widths, strict=True):
            cell.width = Pt(wide)
            cell.paragraphs[0].style = word.styles["No Spacing"]
            _parts(cell.paragraphs[0], said_here)
            if first:
                _shaded(cell)
    word.add_paragraph(style="No Spacing").paragraph_format.line_spacing = Pt(LOOKS["Normal"].after)


def _margins() -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side, points in (("top", MARGIN), ("left", CELL / 2), ("bottom", MARGIN), ("right", CELL / 2)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(20 * points)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    return margins


def _whole(row: Any, *, heading: bool) -> None:
    """A row is not torn by the end of a page; the heading row says that it is one, and stands on each page."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))


def _shaded(cell: "_Cell") -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _same_bytes(word: "Word") -> bytes:
    """The archive anew, its files without the time at which they were written."""
    first, anew = BytesIO(), BytesIO()
    word.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return anew.getvalue()
