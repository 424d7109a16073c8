"""Indicators: every figure of the corpus, to be filtered, drawn by area and over time, opened and taken away."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from answering.answer import Citation
from answering.cite import citation
from answering.say import shown, upper_first
from briefing.brief import name_of
from briefing.dates import plainly
from briefing.layout import period
from briefing.series import AHEAD, Measure, grouped, half_width, latest, measure_of, periods
from corpus.figure import Figure
from corpus.index import Generation
from pages.counted import number_of
from pages.csv_file import csv_file
from pages.markup import badge, cited_by
from pages.opened import opened
from pages.plots import CAUTION, Plot, bars, cautioned, lines, picture
from pages.source_view import opened_number, show_opened, where, words_with_sources

KEY = "indicators"
COLUMNS = ("Figure", "Measure", "Area", "Period", "Kind", "Source")
PAGE = 25  # figures shown at a time
MOST = 3000  # figures listed at a time
CHARTS, AREAS = 3, 6  # measures drawn at a time, and areas compared unless more are chosen
BY_AREA, OVER_TIME = "By area", "Over time"
DATA = ("Measure", "Area", "Period", "Figure", "Value", "Unit", "Kind", "Reliability", "Source", "Published")
ALIKE = 20  # how many times as large an area's figure may be to be drawn beside the own one unasked
MOST_OFFERED = 60  # measures offered for charts at a time
ICON = ":material/download:"


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


def named(measure: Measure, generation: Generation) -> str:
    """A measure as it is offered: its words, of whom, on which basis, and whose it is."""
    about = "; ".join(part for part in (measure.population, measure.basis) if part)
    words = f"{upper_first(measure.measure)}{f' ({about})' if about else ''}"
    return f"{words} – {generation.documents[measure.document].title}"


def figures_of_measure(measure: Measure, generation: Generation) -> list[Figure]:
    """All that the source gives for a measure, whatever was filtered."""
    found = generation.figures_with(measure.measure, None, measure.document, MOST)
    return grouped(f for f in found if measure_of(f) == measure).get(measure, [])


def compared(figures: Sequence[Figure], own: str | None) -> list[str]:
    """The areas that are drawn unless others are chosen: the corpus's own, then the source's first ones.

    Beside a count of the own area, places many times as large or as small would make a chart that shows nothing.
    """
    found = list(dict.fromkeys(f.area for f in figures if f.area))
    ours = {f.quantity.unit: abs(f.quantity.value) for f in figures if f.area == own and f.quantity.value}
    alike = {
        f.area
        for f in figures
        if (size := ours.get(f.quantity.unit)) and size / ALIKE <= abs(f.quantity.value) <= size * ALIKE
    }
    if len(alike) > 1:
        found = [area for area in found if area in alike]
    return sorted(found, key=lambda area: area != own)[:AREAS]


def show_measure(place: int, measure: Measure, areas: Sequence[str], own: str | None) -> None:
    """One measure as a chart, with its table beside it, where it comes from below, and the ways to take it away."""
    every = figures_of_measure(measure, generation)
    # What is ahead of a place stands beside what was measured there; areas in the order in which they were chosen.
    figures = [f for f in every if f.area in areas]
    document = generation.documents[measure.document]
    st.html(f'<h3 class="chart">{escape(named(measure, generation).split(" – ")[0])} {badge(document.status)}</h3>')
    if not figures:
        st.html('<p class="quiet">The source gives this for none of the areas chosen.</p>')
        return
    timed = len(periods(figures)) > 1
    way = OVER_TIME if timed and len(periods(figures)) > 2 else BY_AREA
    if timed:
        way = st.segmented_control(
            "Show", [BY_AREA, OVER_TIME], default=way, key=f"indicators-way-{place}-{measure.measure}",
            label_visibility="collapsed",
        ) or way  # fmt: skip
    if way == BY_AREA:
        said = latest(figures)
        if timed:
            known = periods(figures)[::-1]
            said = st.selectbox(
                "Period", known, known.index(said) if said in known else 0, key=f"indicators-when-{place}-{measure.measure}",
                width=220, format_func=lambda p: p.removeprefix("in "),
            )  # fmt: skip
        kept = [f for f in figures if f.period == said or f.kind in AHEAD or said is None]
        kept = sorted(kept, key=lambda f: (areas.index(f.area or ""), f.kind in AHEAD))
    else:
        several = [area for area in areas if len({f.period for f in figures if f.area == area and f.period}) > 1]
        kept = [f for f in figures if f.period and f.area in several]
        order = periods(kept)
        kept = sorted(kept, key=lambda f: (areas.index(f.area or ""), order.index(f.period or "")))
    drawn_areas = {f.area for f in kept}
    left_out = [f for f in figures if f.area not in drawn_areas]
    _draw(place, kept, left_out, measure, own, bars if way == BY_AREA else lines)


def _draw(
    place: int,
    figures: list[Figure],
    left_out: list[Figure],
    measure: Measure,
    own: str | None,
    draw: Callable[..., Plot],
) -> None:
    title = named(measure, generation).split(" – ")[0]
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    left, right = st.columns([3, 2], gap="large")
    if not figures:
        st.html('<p class="quiet">The source gives no two periods for any of the areas chosen.</p>')
        return
    with left:
        kind = "Bar chart" if draw is bars else "Line chart"
        told = "; ".join(f"{f.area}{f', {f.period}' if draw is lines else ''}: {shown(f)}" for f in figures[:40])
        st.altair_chart(draw(figures, own, generation, scheme), width="stretch", alt=f"{kind}. {title}. {told}.")
        said = [*about(figures, measure), *not_drawn(left_out, over_time=draw is lines)]
        if draw is lines and min(f.quantity.value for f in figures) > 0:
            said.append("The scale begins above 0, so that changes can be seen.")
        st.html(f'<p class="quiet">{"<br>".join(map(escape, said))}</p>')
        name, source_line = name_of(title)[:60], source_of(figures, measure)
        light = partial(draw, figures, own, generation, "light")
        with st.container(horizontal=True):
            for suffix, mime in (("png", "image/png"), ("svg", "image/svg+xml")):
                st.download_button(
                    f"Picture ({suffix.upper()})", partial(_picture, light, title, source_line, suffix),
                    f"{name}.{suffix}", mime, on_click="ignore", icon=ICON, key=f"indicators-{suffix}-{place}",
                )  # fmt: skip
            rows = [data_row(f, generation) for f in figures]
            st.download_button(
                "Data (CSV)", csv_file(DATA, rows), f"{name}.csv", "text/csv", on_click="ignore", icon=ICON,
                key=f"indicators-data-{place}",
            )  # fmt: skip
    with right:
        st.html(chart_table(figures, title))


def _picture(make: Callable[[], Plot], title: str, source_line: str, kind: str) -> bytes:
    return picture(make(), title, source_line, kind)


def source_of(figures: Sequence[Figure], measure: Measure) -> str:
    """Where a chart's figures come from and when that was published."""
    document = generation.documents[measure.document]
    named_sources = list(dict.fromkeys(f.source for f in figures if f.source))[:2]
    parts = [document.title, document.publisher, plainly(document.date)]
    taken = f" Taken there from: {'; '.join(named_sources)}." if named_sources else ""
    return f"Source: {', '.join(part for part in parts if part)}.{taken}"


def about(figures: Sequence[Figure], measure: Measure) -> list[str]:
    """What stands under a chart: its source and date, for which period and whom, and what the table says of it."""
    said = [source_of(figures, measure)]
    when = periods(figures)
    said.append(
        f"For: {when[0] if len(when) == 1 else f'{when[0]} to {when[-1]}'}." if when else "No period is stated."
    )
    if measure.population:
        said.append(f"Of: {measure.population}.")
    if measure.basis:
        said.append(
            "Adjusted for inflation (real)." if measure.basis == "real" else "Not adjusted for inflation (nominal)."
        )
    if any(half_width(f, generation) is not None for f in figures):
        said.append("The thin lines are the table's own confidence intervals.")
    if any(f.kind in AHEAD for f in figures):
        said.append("Outlines and open points are targets or forecasts, not what was measured.")
    noted = cautioned(figures, generation)
    notes = dict.fromkeys(f.reliability for f in figures if f.id in noted)
    said += [f"{CAUTION} The table notes: {note}" for note in list(notes)[:3]]
    everywhere = {f.reliability for f in figures if half_width(f, generation) is None} if not noted else set()
    said += [f"The table notes: {note}" for note in everywhere if note]
    return said


def not_drawn(figures: Sequence[Figure], *, over_time: bool) -> list[str]:
    """What is said of the areas chosen that the chart has nothing of."""
    named = list(dict.fromkeys(f"{f.area} ({shown(f)}, {period(f).lower()})" for f in figures))
    more = f" and {len(named) - 6} more" if len(named) > 6 else ""
    why = "one period alone is given" if over_time else "the period is another or not stated"
    return [f"Not drawn, for {why}: {'; '.join(named[:6])}{more}."] if named else []


def data_row(f: Figure, generation: Generation) -> tuple[object, ...]:
    """A figure of a chart as a row of the CSV file; the value is a plain number in its unit."""
    document = generation.documents[f.location.document]
    place = where(source(f, generation))
    return (f.measure, f.area, f.period, f.quantity.text, float(f.quantity.value), f.quantity.unit, f.kind.value,
            f.reliability, place, document.date)  # fmt: skip


def chart_table(figures: Sequence[Figure], title: str) -> str:
    """The chart's figures as a table, as they are printed."""
    sure = len({f.reliability for f in figures}) > 1
    names = ("Area", "Period", "Figure", *(("Reliability",) if sure else ()))
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = []
    for f in figures:
        ahead = f" ({f.kind.value})" if f.kind in AHEAD else ""
        cells = (period(f), f"{shown(f)}{ahead}", *((f.reliability or "–",) if sure else ()))
        rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        body.append(f'<tr><th scope="row">{escape(f.area or "")}</th>{rest}</tr>')
    caption = f'<caption class="visually-hidden">{escape(title)}, as a table</caption>'
    return (
        f'<div class="scrolls" role="region" tabindex="0" aria-label="{escape(title)}, as a table"><table class="row chart">'
        f"{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
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
own = generation.own_area.name if generation.own_area else None
with st.container(horizontal=True, key="filters"):
    wanted = st.text_input(
        "Measure", placeholder="Words of the measure", key="indicators-measure", persist_state="session"
    )
    first_area = areas.index(own) if own in areas and generation.tables else None
    area = st.selectbox("Area", areas, index=first_area, placeholder="All areas")
    document = st.selectbox(
        "Source", documents, index=None, placeholder="All sources", format_func=lambda p: generation.documents[p].title
    )
chosen = list(enumerate(generation.figures_with(wanted, area, document, MOST), 1))
numbered = dict(chosen)

st.html('<h2 class="part">Compare areas and years</h2>')
in_list = grouped(f for _, f in chosen)
whole = {m: figures_of_measure(m, generation) for m in list(in_list)[:MOST_OFFERED]}
offered = [m for m, of in whole.items() if len({(f.area, f.period) for f in of}) > 1]
if not offered:
    st.html('<p class="quiet">No measure with these words is given for several areas or periods.</p>')
else:
    drawn = st.multiselect(
        "Measures", offered, offered[:1], format_func=lambda m: named(m, generation), max_selections=CHARTS,
        help="Each measure has a chart of its own: unlike units, populations or prices are never mixed.",
    )  # fmt: skip
    given = [f for m in drawn for f in whole[m]]
    known = list(dict.fromkeys(f.area for f in given if f.area))
    picked = st.multiselect(
        "Areas to compare", sorted(known, key=lambda a: a != own), compared(given, own),
        key=f"indicators-areas-{hash(tuple(drawn))}",
    )  # fmt: skip
    if not drawn or not picked:
        st.html('<p class="quiet">Choose a measure and an area to see a chart.</p>')
    for place, measure in enumerate(drawn if picked else ()):
        show_measure(place, measure, picked, own)

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    count = number_of(len(chosen), "figure")
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
left, right = st.columns([11, 10] if opened_one else [20, 1], gap="large")
with left:
    words_with_sources(table_html(chosen[first : first + PAGE], generation, opened_one is not None), KEY)
if opened_one is not None:
    with right:
        show_opened(source(opened_one, generation), generation, KEY)
