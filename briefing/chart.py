"""The comparison chart of a briefing: one measure by area, drawn as the app draws it, as a PNG with words that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas  # noqa: F401 - whole before a chart is made: altair trips over one that another thread is loading
import vl_convert

from answering.say import shown, upper_first
from corpus.areas import Gazetteer
from corpus.figure import Figure, FigureKind

OWN, OTHERS, INK = "#0b5c6b", "#93a5ab", "#0a1418"
_WIDTH, _ROW = 460, 36


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its caption and the words that say what it shows."""

    png: bytes
    caption: str
    alt: str
    width: int
    height: int


def comparison(figures: Sequence[Figure], gazetteer: Gazetteer) -> Chart | None:
    """The chart of the measure that most areas are compared in; None where nothing is compared."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for f in figures:
        told = f.area and f.quantity.upper is None and f.quantity.value >= 0 and f.kind is not FigureKind.TARGET
        if told and f.group:
            key = (f.group, f.quantity.unit) if f.location.cell is None else (f.measure, f.quantity.unit, f.period)
            groups.setdefault(key, []).append(f)
    compared = [_one_each(group) for group in groups.values()]
    compared = [group for group in compared if len(group) > 1]
    return draw(max(compared, key=len), gazetteer) if compared else None


def _one_each(figures: Sequence[Figure]) -> list[Figure]:
    return list({f.area: f for f in reversed(figures)}.values())


def draw(figures: Sequence[Figure], gazetteer: Gazetteer) -> Chart:
    """The chart of figures of one measure, the corpus's own area marked."""
    ordered = sorted(figures, key=lambda f: -f.quantity.value)
    own = gazetteer.own
    rows: list[dict[str, Any]] = [
        {
            "area": f.area, "value": float(f.quantity.value), "text": shown(f),
            "own": own is not None and gazetteer.named(f.area or "").key == own.key,
        }
        for f in ordered
    ]  # fmt: skip
    order = [row["area"] for row in rows]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "area:N", sort=order, title=None,
            axis=alt.Axis(labelLimit=240, labelFontSize=15, labelColor=INK, ticks=False, domain=False, labelPadding=8),
        ),
        x=alt.X(
            "value:Q", title=None, axis=None,
            scale=alt.Scale(domain=[0, max(row["value"] for row in rows) * 1.18], nice=False),
        ),
    )  # fmt: skip
    colour = alt.condition("datum.own", alt.value(OWN), alt.value(OTHERS))
    bars = base.mark_bar(height=22).encode(color=colour)
    labels = base.mark_text(align="left", dx=6, fontSize=15, fontWeight=600).encode(text="text:N", color=alt.value(INK))
    height = _ROW * len(rows)
    layered = alt.layer(bars, labels).properties(width=_WIDTH, height=height)
    spec = (
        layered.configure_view(strokeOpacity=0)
        .configure(font="Liberation Sans, Arial, sans-serif", padding=8)
        .to_dict()
    )
    png = vl_convert.vegalite_to_png(spec, scale=3)
    measure, period = upper_first(ordered[0].measure), next((f.period for f in ordered if f.period), None)
    named = ", ".join(f"{f.area}" for f in ordered)
    caption = f"{measure}: {named}{f' ({period})' if period else ''}"
    said = "; ".join(f"{f.area} {shown(f)}" for f in ordered)
    return Chart(png, caption, f"Bar chart. {measure}: {said}.", _WIDTH, height)
