"""Charts of figures that belong together: bars for areas, lines for periods, as the page shows them and as pictures."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas  # noqa: F401 - whole before a chart is made: altair trips over one that another thread is loading
import vl_convert

from answering.say import shown
from briefing.layout import period
from briefing.series import AHEAD, half_width, periods
from corpus.figure import Figure
from corpus.index import Generation

INK = {"light": "#0a1418", "dark": "#e8f0f2"}
OWN = {"light": "#0b5c6b", "dark": "#4fb3c4"}
OTHERS = {"light": "#93a5ab", "dark": "#6d8189"}
# Lines of other areas, told apart in the light, in the dark and by those who see few colours; their names stand beside them.
LINES = {
    "light": ("#a1520f", "#5b4a9e", "#3f6f1f", "#a3305a", "#5d6a70", "#8a6d00"),
    "dark": ("#f0a35e", "#b3a5f0", "#9ccf72", "#f08db2", "#aab9bf", "#e0c050"),
}
Plot = alt.LayerChart | alt.FacetChart
CAUTION = "†"


def bars(figures: Sequence[Figure], own: str | None, generation: Generation, scheme: str) -> Plot:
    """A bar for each area with the figure as printed, the corpus's own area marked; what is ahead has an outline alone.

    Where the table gives a confidence interval, it is drawn over the bar.
    """
    noted = cautioned(figures, generation)
    rows = [_row(f, own, generation, noted) for f in figures]
    ends = [x for row in rows for x in (row["value"], row.get("low", 0), row.get("high", 0))]
    low, high = min(0, *ends), max(0, *ends)
    room = (high - low or 1) * 0.22
    scale = alt.Scale(domain=[low - (room if low < 0 else 0), high + room], nice=False)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "name:N", sort=[row["name"] for row in rows], title=None,
            axis=alt.Axis(labelPadding=8, labelLimit=230, labelFontSize=14, labelColor=INK[scheme], ticks=False, domain=False),
        ),
        x=alt.X("value:Q", title=None, axis=None, scale=scale),
    )  # fmt: skip
    colour = alt.condition("datum.own", alt.value(OWN[scheme]), alt.value(OTHERS[scheme]))
    # A layer without a mark would be a picture without words to a screen reader.
    made: list[Any] = []
    if not all(row["ahead"] for row in rows):
        made.append(base.transform_filter("!datum.ahead").mark_bar(height=22).encode(color=colour))
    if any(row["ahead"] for row in rows):
        outline = base.mark_bar(height=22, fillOpacity=0, strokeDash=[4, 3], strokeWidth=2)
        made.append(outline.transform_filter("datum.ahead").encode(stroke=colour))
    if any("low" in row for row in rows):
        interval = base.transform_filter("isValid(datum.low)").encode(
            x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q"
        )
        made.append(interval.mark_rule(strokeWidth=2, color=INK[scheme]))
        made.append(interval.mark_tick(thickness=2, height=10, color=INK[scheme]))
        made.append(
            interval.encode(x=alt.X("high:Q", scale=scale, axis=None)).mark_tick(
                thickness=2, height=10, color=INK[scheme]
            )
        )
    at = alt.X("end:Q", scale=scale, axis=None)
    label = base.mark_text(align="left", dx=7, fontSize=14, fontWeight=600)
    made.append(label.encode(text="text:N", x=at, color=alt.value(INK[scheme])))
    return alt.layer(*made).properties(height=34 * len(rows) + 6)


def lines(figures: Sequence[Figure], own: str | None, generation: Generation, scheme: str) -> Plot:
    """A line for each area over the periods; targets and forecasts are open points, apart from what was measured."""
    order = periods(figures)
    noted = cautioned(figures, generation)
    ordered = sorted(figures, key=lambda f: order.index(f.period or order[0]))
    rows = [_row(f, own, generation, noted) for f in ordered]
    said = list(dict.fromkeys(row["period"] for row in rows))
    areas = sorted(dict.fromkeys(f.area or "" for f in figures), key=lambda a: a != own)
    others = iter(LINES[scheme] * len(areas))
    colours = [OWN[scheme] if area == own else next(others) for area in areas]
    axis: dict[str, Any] = {
        "labelColor": INK[scheme],
        "titleColor": INK[scheme],
        "labelFontSize": 13,
        "gridOpacity": 0.25,
    }
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("period:N", sort=said, title=None, axis=alt.Axis(labelAngle=0, labelLimit=120, **axis)),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=5, **axis)),
        color=alt.Color(
            "area:N", scale=alt.Scale(domain=areas, range=colours),
            legend=alt.Legend(title=None, orient="bottom", columns=2, labelFontSize=14, labelColor=INK[scheme], labelLimit=260),
        ),
        detail="area:N",
    )  # fmt: skip
    measured = base.transform_filter("!datum.ahead")
    width = alt.condition("datum.own", alt.value(3.5), alt.value(2))
    made: list[Any] = []
    if not all(row["ahead"] for row in rows):
        made.append(measured.mark_line(interpolate="linear").encode(strokeWidth=width))
        made.append(measured.mark_point(filled=True, size=55, opacity=1))
    if any(row["ahead"] for row in rows):
        ahead = base.transform_filter("datum.ahead")
        made.append(ahead.mark_point(filled=False, size=90, strokeWidth=2, shape="diamond"))
    if any("low" in row for row in rows):
        interval = measured.transform_filter("isValid(datum.low)").encode(y=alt.Y("low:Q", title=None), y2="high:Q")
        made.append(interval.mark_rule(strokeWidth=1.5))
    if any(row["own"] and not row["ahead"] for row in rows):
        text = measured.transform_filter("datum.own").mark_text(dy=-13, fontSize=13, fontWeight=600)
        made.append(text.encode(text="text:N", color=alt.value(INK[scheme])))
    return alt.layer(*made).properties(height=300)


def _row(figure: Figure, own: str | None, generation: Generation, noted: frozenset[str]) -> dict[str, Any]:
    ahead = figure.kind in AHEAD
    text = f"{shown(figure)} {CAUTION}" if figure.id in noted else shown(figure)
    value = float(figure.quantity.value)
    row: dict[str, Any] = {
        "area": figure.area, "name": f"{figure.area} ({figure.kind.value})" if ahead else figure.area,
        "value": value, "end": max(value, 0.0), "text": text, "own": figure.area == own, "ahead": ahead,
        "period": period(figure),
    }  # fmt: skip
    if (half := half_width(figure, generation)) is not None:
        row |= {"low": value - float(half), "high": value + float(half), "end": max(value + float(half), 0.0)}
    return row


def cautioned(figures: Sequence[Figure], generation: Generation) -> frozenset[str]:
    """The ids of the figures that the table says something of, beside an interval that is drawn.

    What it says of every one of them tells none from another, and marks none.
    """
    noted = {f.id: f.reliability for f in figures if f.reliability and half_width(f, generation) is None}
    return frozenset() if len(noted) == len(figures) and len(set(noted.values())) == 1 else frozenset(noted)


def picture(chart: Plot, title: str, source: str, kind: str) -> bytes:
    """The chart as a PNG or an SVG with its title above and its source below, so that neither is lost on the way."""
    said = alt.TitleParams(title, anchor="start", fontSize=16, fontWeight="bold", color=INK["light"], dy=-8, limit=900)
    below = alt.TitleParams(
        source, anchor="start", orient="bottom", fontSize=11, fontWeight="normal", color="#4a5a60", limit=900
    )
    inner = chart.properties(width=560, title=said)
    spec = (
        alt.vconcat(inner, title=below)
        .configure_view(stroke=None)
        .configure(font="Liberation Sans, Arial, sans-serif", padding=14, background="#ffffff")
        .to_dict()
    )
    if kind == "svg":
        return vl_convert.vegalite_to_svg(spec).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=2))
