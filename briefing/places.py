"""Where a citation stands, in words."""

from answering.answer import Citation


def place_in_words(c: Citation) -> str:
    """Title, section, page and cell: "Anytown Plan, 3. Baseline, page 4"."""
    parts = [c.title, *c.section]
    if c.page is not None:
        parts.append(f"page {c.page}")
    if c.cell:
        parts.append(c.cell)
    return ", ".join(parts)
