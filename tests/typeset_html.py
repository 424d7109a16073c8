"""Typesets a plan's Markdown as the web page that a council would publish: its main part between navigation and footer.

Headings, which nothing marks in the Markdown, are told by their shape. A line that is only the furniture's word
("DRAFT") is left out of the text and stands above it.
"""

import re
from collections.abc import Iterator
from html import escape

from tests.typeset import BULLET, SUPERSCRIPTS, TO_DIGITS
from tests.typeset_docx import NUMBER, around, heading_level, printed_lines

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Exampleton Borough Council</title>
<style>p {{ margin: 0 }}</style><script>var count = 27;</script></head>
<body>
<div class="cookie-banner" role="region"><h2>This website uses cookies</h2><p>We use 12 cookies.</p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/council">Your council</a></li></ul></nav></header>
<main id="content">
<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/plans">Plans</a></li></ol>
<p>{furniture}</p>
{body}
<div class="share"><p>Share this page</p></div>
</main>
<aside><h2>Related pages</h2></aside>
<footer><p>&copy; 2025 Exampleton Borough Council, 01234 567890</p></footer>
</body></html>
"""


def typeset_html(markdown: str, furniture: str = "DRAFT") -> str:
    """The page: real headings, nested lists and raised digits; footnotes as paragraphs of their own."""
    lines = printed_lines(markdown, furniture)
    title = lines[0] if lines else ""
    return PAGE.format(title=escape(title), furniture=furniture, body="\n".join(_flow(lines)))


def _flow(lines: list[str]) -> Iterator[str]:
    """The lines as elements, in order; lists are opened and closed as their depth changes."""
    open_lists: list[str] = []
    for before, line, after in around(lines):
        bullet, number = BULLET.match(line), NUMBER.match(line)
        depth = (2 if bullet[1] else 1) if bullet else 1 if number else 0
        kind = "ol" if number else "ul"
        while len(open_lists) > depth:
            yield f"</li></{open_lists.pop()}>"
        if depth and len(open_lists) == depth:
            yield "</li>"
        while len(open_lists) < depth:
            open_lists.append(kind)
            yield f"<{kind}>"
        level = heading_level(line, before, after)
        if bullet or number:
            yield f"<li>{_inline(bullet[2] if bullet else NUMBER.sub('', line))}"
        elif level is not None:
            yield f"<h{level + 1}>{_inline(line)}</h{level + 1}>"
        elif "\t" in line:  # names in columns, which a page writes one below the other
            yield "<br>" + _inline(line).replace("\t", "<br>") + ("" if "\t" in after else "</p>")
        else:
            yield f"<p>{_inline(line)}" + ("" if "\t" in after else "</p>")
    while open_lists:
        yield f"</li></{open_lists.pop()}>"


def _inline(text: str) -> str:
    """The line's markup: bold runs, superscript characters as raised digits, and entities."""
    text = (
        re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text)).replace("£", "&pound;").replace("–", "&ndash;")
    )
    return re.sub(f"[{SUPERSCRIPTS}]+", lambda mark: f"<sup>{mark[0].translate(TO_DIGITS)}</sup>", text)
