"""A small chart of an answer that compares areas or periods: a table whose rows are bars, so that it says what it shows.

It is drawn with the page's own colours, in light and in dark, and read out as the table that it is.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from answering.answer import Answer, AnswerFigure, Status
from answering.say import upper_first
from corpus.period import read_periods

MOST = 12  # bars; more are a table, and the sentences give them
SMALLEST = 40  # times that the longest bar may be as long as the shortest
_AHEAD = ("target", "forecast")  # these are not drawn beside what is


def compared(answer: Answer) -> tuple[AnswerFigure, ...]:
    """The figures of an answer that one chart can show: one unit and one measure, of several areas or periods."""
    if answer.status is not Status.ANSWERED:
        return ()
    groups: dict[tuple[str, str], list[AnswerFigure]] = {}
    for f in answer.figures:
        if f.value is not None and f.upper is None and not f.derived and f.kind not in _AHEAD and f.area:
            groups.setdefault((f.unit, " ".join(f.measure.lower().split())), []).append(f)
    for figures in sorted(groups.values(), key=len, reverse=True):
        chosen = _over_areas(figures) or _over_periods(figures)
        if 1 < len(chosen) <= MOST and _can_be_seen(chosen):
            return tuple(chosen)
    return ()


def _can_be_seen(figures: Sequence[AnswerFigure]) -> bool:
    """Whether the bars compare anything: a district's count beside its country's is a bar beside nothing."""
    sizes = [abs(f.value) for f in figures if f.value]
    return bool(sizes) and min(sizes) * SMALLEST >= max(sizes)


def _over_areas(figures: Sequence[AnswerFigure]) -> list[AnswerFigure]:
    """Each area's figure, the highest first; none where an area has two."""
    if len({f.area for f in figures}) < len(figures):
        return []
    return sorted(figures, key=lambda f: -(f.value or Decimal(0)))


def _over_periods(figures: Sequence[AnswerFigure]) -> list[AnswerFigure]:
    """One area's figures in the order of time; none where a period is not stated, or has two."""
    years = [_year(f.period) for f in figures]
    if len({f.area for f in figures}) != 1 or None in years or len({f.period for f in figures}) < len(figures):
        return []
    return sorted(figures, key=lambda f: _year(f.period) or (0, 0))


def _year(period: str | None) -> tuple[int, int] | None:
    read = next((p for p in read_periods(period or "") if p.first is not None or p.last is not None), None)
    return None if read is None else ((read.first or read.last or 0), read.quarter or read.month or 0)


def bars_html(answer: Answer) -> str:
    """The chart; nothing where the answer compares nothing."""
    figures = compared(answer)
    if not figures:
        return ""
    by_area = len({f.area for f in figures}) > 1
    periods = {f.period for f in figures}
    title = upper_first(figures[0].measure)
    period = figures[0].period or "period not stated"  # said once where it is that of all
    shared = figures[0].area if not by_area else period if len(periods) == 1 else None
    values = [f.value or Decimal(0) for f in figures]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    rows = []
    for f, value in zip(figures, values, strict=True):
        name = f.area if by_area else f.period
        beside = (
            f'<span class="quiet">{escape(f.period or "period not stated")}</span>' if by_area and not shared else ""
        )
        left, width = (_share(min(value, Decimal(0)) - low, high - low), _share(abs(value), high - low))
        own = " own" if f is answer.figures[0] else ""
        rows.append(
            f'<tr><th scope="row">{escape(name or "")} {beside}</th><td class="bar"><span class="track"><span '
            f'class="fill{own}" style="margin-left:{left}%;width:{width}%"></span></span></td>'
            f'<td class="number">{escape(f.text)}</td></tr>'
        )
    caption = f"{title}{f', {shared}' if shared else ''}"
    heads = f"<thead><tr><th scope=col>{'Area' if by_area else 'Period'}</th><td></td><th scope=col>Figure</th></tr></thead>"
    return f'<table class="bars"><caption>{escape(caption)}</caption>{heads}<tbody>{"".join(rows)}</tbody></table>'


def _share(part: Decimal, whole: Decimal) -> str:
    """A share in per cent, for the page's style."""
    return f"{100 * part / whole:.1f}" if whole else "0"
