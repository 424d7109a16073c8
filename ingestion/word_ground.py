"""What colour a run of a Word document stands on: its highlight, or the shading of its run, paragraph, cell or table.

None where it cannot be told without drawing the page: in a box, before a picture, in a table whose style is shaded.
"""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from ingestion.unseen_words import PAPER

_HIGHLIGHTS = {
    "white": "FFFFFF", "black": "000000", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF",
    "red": "FF0000", "blue": "0000FF", "darkYellow": "808000", "darkGreen": "008000", "darkCyan": "008080",
    "darkMagenta": "800080", "darkRed": "800000", "darkBlue": "000080", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_UNTOLD = "untold"  # a ground of two colours, or one that another part of the file decides


def ground_of(p: Any, of_run: list[Any], of_paragraph: list[Any], shaded_styles: frozenset[str | None]) -> str | None:
    """The colour behind a run of a paragraph. of_run, of_paragraph: the properties that hold for it, the nearest first."""
    found = next(_grounds(p, of_run, of_paragraph, shaded_styles), PAPER)
    return None if found == _UNTOLD else found


def _grounds(p: Any, of_run: list[Any], of_paragraph: list[Any], shaded_styles: frozenset[str | None]) -> Iterator[str]:
    for properties in of_run:
        highlight = properties.find(qn("w:highlight")) if properties is not None else None
        if highlight is not None and (name := highlight.get(qn("w:val"))) != "none":
            yield _HIGHLIGHTS.get(name, _UNTOLD)
    for properties in (*of_run, *of_paragraph):
        yield from shading(properties)
    for around in p.iterancestors() if hasattr(p, "iterancestors") else ():  # a footnote's stands alone
        if around.tag == qn("w:tc"):
            yield from shading(around.find(qn("w:tcPr")))
        elif around.tag == qn("w:tbl"):
            own = around.find(qn("w:tblPr"))
            yield from shading(own)
            style = own.find(qn("w:tblStyle")) if own is not None else None
            if style is not None and style.get(qn("w:val")) in shaded_styles:
                yield _UNTOLD
        elif around.tag == qn("w:txbxContent"):
            yield _UNTOLD


def shading(properties: Any) -> Iterator[str]:
    """The colour of a shading, where one is set."""
    shade = properties.find(qn("w:shd")) if properties is not None else None
    if shade is None:
        return
    pattern, fill, ink = (shade.get(qn(f"w:{name}")) or "auto" for name in ("val", "fill", "color"))
    if pattern not in ("clear", "nil", "auto"):
        yield ink if pattern == "solid" and ink != "auto" else _UNTOLD
    elif fill != "auto":
        yield fill


def shaded_table_styles(styles: Any) -> frozenset[str | None]:
    """The ids of table styles that shade a part of the table, or take after one that does."""
    tables = {s.get(qn("w:styleId")): s for s in styles.iter(qn("w:style")) if s.get(qn("w:type")) == "table"}
    shaded = {
        name for name, style in tables.items() if any(c != PAPER for x in style.iter() for c in shading(x))
    }  # fmt: skip
    for _ in tables:
        for name, style in tables.items():
            base = style.find(qn("w:basedOn"))
            if base is not None and base.get(qn("w:val")) in shaded:
                shaded.add(name)
    return frozenset(shaded)


def before_a_picture(p: Any) -> bool:
    """Whether a picture or shape is set behind the text of the page, as far as breaks tell, that a paragraph is on."""
    if not hasattr(p, "getparent"):
        return False
    block = p
    while block.getparent() is not None and block.getparent().tag != qn("w:body"):
        block = block.getparent()
    if _has_behind(block):
        return True
    for before in block.itersiblings(preceding=True):
        if _has_behind(before):
            return True
        if _ends_page(before):
            break
    if _ends_page(block):
        return False
    for after in block.itersiblings():
        if _has_behind(after):
            return True
        if _ends_page(after):
            break
    return False


def _has_behind(block: Any) -> bool:
    return any(a.get("behindDoc") in ("1", "true") for a in block.iter(qn("wp:anchor"))) or (
        next(block.iter(qn("w:pict")), None) is not None
    )


def _ends_page(block: Any) -> bool:
    if next(block.iter(qn("w:lastRenderedPageBreak"), qn("w:sectPr")), None) is not None:
        return True
    return any(br.get(qn("w:type")) == "page" for br in block.iter(qn("w:br")))
