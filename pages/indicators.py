"""Indicators: every figure of the corpus, to be filtered, compared between areas, opened and taken away."""

from collections.abc import Iterable
from html import escape

import altair as alt
import streamlit as st

from answering.answer import Citation
from answering.cite import citation
from briefing.markdown import as_written
from corpus.figure import Figure
from corpus.index import Generation
from pages.csv_file import csv_file
from pages.markup import badge, cited_by
from pages.opened import opened
from pages.source_view import opened_number, show_opened, where, words_with_sources

KEY = "indicators"
COLUMNS = ("Figure", "Measure", "Area", "Period", "Kind", "Source")
PAGE = 25  # figures shown at a time
MOST = 3000  # figures listed at a time

Comparison = tuple[str, str, str | None, str]  # document, measure, period, unit


def comparisons(figures: Iterable[Figure]) -> dict[Comparison, list[Figure]]:
    """What one source gives for several areas, each area once: same measure, period and unit."""
    found: dict[Comparison, dict[str, Figure]] = {}
    for f in figures:
        if f.area:
            key = (f.location.document, f.measure, f.period, f.quantity.unit)
            found.setdefault(key, {}).setdefault(f.area, f)
    return {key: list(by_area.values()) for key, by_area in found.items() if len(by_area) > 1}


def table_html(shown: list[tuple[int, Figure]], generation: Generation, narrow: bool) -> str:
    """Figures as a table, each with the button that opens its source; where room is narrow each row is a block."""
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    body = "".join(_row(number, f, generation) for number, f in shown)
    look = "figures narrow" if narrow else "figures"
    return f'<table class="{look}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(number: int, f: Figure, generation: Generation) -> str:
    document = generation.documents[f.location.document]
    button = cited_by(number, "open", f"Open the source of {f.quantity.text}, {f.measure}")
    cells = (
        escape(f.measure),
        escape(f.area or "not stated"),
        escape(f.period or "not stated"),
        f.kind.value.capitalize(),
    )
    tail = f"{escape(document.title)} {badge(document.status)} {button}"
    named = zip(COLUMNS[1:], (*cells, tail), strict=True)
    rest = "".join(f'<td data-label="{name}">{cell}</td>' for name, cell in named)
    return f'<tr><th scope="row">{escape(f.quantity.text)}</th>{rest}</tr>'


def source(figure: Figure, generation: Generation) -> Citation:
    """Where a figure stands."""
    document = generation.documents[figure.location.document]
    return citation(1, document, figure.location, figure.quote, figure.source, (figure.at,))


def row(f: Figure, generation: Generation) -> tuple[object, ...]:
    """A figure as a row of the CSV file."""
    return (f.quantity.text, f.measure, f.area, f.period, f.kind.value, where(source(f, generation)))


def chart(figures: list[Figure], own: str | None, ink: str) -> alt.LayerChart | alt.FacetChart:
    """A bar for each area with the figure as printed; the corpus's own area stands out."""
    rows = [
        {"area": f.area, "value": float(f.quantity.value), "text": f.quantity.text, "own": f.area == own}
        for f in figures
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "area:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelLimit=240, labelFontSize=15, labelColor=ink, ticks=False, domain=False),
        ),
        x=alt.X("value:Q", title=None, axis=None, scale=alt.Scale(zero=True)),
    )
    colour = alt.condition("datum.own", alt.value("#1f8193"), alt.value("#93a5ab"))
    bars = base.mark_bar(height=22).encode(color=colour)
    labels = base.mark_text(align="left", dx=6, fontSize=15, fontWeight=600).encode(text="text:N", color=alt.value(ink))
    return alt.layer(bars, labels).properties(height=36 * len(figures))


def show_comparison(figures: list[Figure], own: str | None) -> None:
    """The chart, and the same figures as a table."""
    figures = sorted(figures, key=lambda f: (f.area != own, -f.quantity.value))
    said = "; ".join(f"{f.area}: {f.quantity.text}" for f in figures)
    ink = "#e8f0f2" if st.context.theme.type == "dark" else "#0a1418"
    st.altair_chart(chart(figures, own, ink), width="stretch", alt=f"Bar chart of {figures[0].measure}. {said}.")
    with st.expander("The chart's figures as a table"):
        st.table(
            {
                "Area": [as_written(f.area or "") for f in figures],
                "Figure": [as_written(f.quantity.text) for f in figures],
                "Period": [as_written(f.period or "not stated") for f in figures],
            },
            hide_index=True,
        )


generation = opened().generation
st.html('<h1 class="page">Indicators</h1>')
if not generation.figures and not generation.tables:
    st.info("No figures were found in the sources.")
    st.stop()

in_tables = {a for t in generation.tables for a in (*t.rows.areas, *(c.area for c in t.columns), t.area) if a}
areas = sorted({f.area for f in generation.figures if f.area} | in_tables, key=str.casefold)
documents = list(
    dict.fromkeys([f.location.document for f in generation.figures] + [t.document for t in generation.tables])
)
# A workbook has more figures than a page can hold: until an area is chosen, its own is.
own = generation.own_area.name if generation.own_area and generation.tables else None
with st.container(horizontal=True, key="filters"):
    wanted = st.text_input("Measure", placeholder="Words of the measure")
    area = st.selectbox("Area", areas, index=areas.index(own) if own in areas else None, placeholder="All areas")
    document = st.selectbox(
        "Source", documents, index=None, placeholder="All sources", format_func=lambda p: generation.documents[p].title
    )
chosen = list(enumerate(generation.figures_with(wanted, area, document, MOST), 1))
numbered = dict(chosen)

st.html('<h2 class="part">Compare areas</h2>')
comparable = comparisons(generation.figures_with(wanted, None, document, MOST))
if comparable:
    compared = st.selectbox(
        "Measure to compare",
        list(comparable),
        format_func=lambda c: f"{c[1]}{f', {c[2]}' if c[2] else ''} ({generation.documents[c[0]].title})",
    )
    own_area = generation.own_area.name if generation.own_area else None
    if compared is not None:
        show_comparison(comparable[compared], own_area)
else:
    st.html('<p class="quiet">No measure with these words is given for several areas.</p>')

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    count = f"{len(chosen):,} figure{'' if len(chosen) == 1 else 's'}"
    count = f"The first {count}: use more words, or choose an area or a source" if len(chosen) == MOST else count
    st.html(f'<h2 class="part"><span role="status">{count}</span></h2>')
    rows = [row(f, generation) for _, f in chosen]
    st.download_button(
        "Download as CSV",
        csv_file(COLUMNS, rows),
        "figures.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
if not chosen:
    st.info("No figure fits these filters. Use fewer words, or choose all areas.")
    st.stop()
pages = -(-len(chosen) // PAGE)
first = 0
if pages > 1:
    number = st.number_input(f"Page (of {pages})", 1, pages, 1, width=160)
    first = (int(number) - 1) * PAGE
opened_one = numbered.get(opened_number(KEY))
left, right = st.columns([11, 10], gap="large") if opened_one else (st.container(), None)
with left:
    words_with_sources(table_html(chosen[first : first + PAGE], generation, opened_one is not None), KEY)
if opened_one and right is not None:
    with right:
        show_opened(source(opened_one, generation), generation, KEY)
