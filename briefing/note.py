"""A briefing as Markdown and as HTML: the same parts in the same order as in Word."""

import base64
import re
from collections.abc import Callable
from html import escape
from itertools import groupby

from briefing import layout
from briefing.brief import Briefing, sources_line
from briefing.chart import Chart
from briefing.kept import lines
from briefing.markdown import as_written
from prompts import reply

_STYLE = """body{font:1rem/1.5 Arial,"Liberation Sans",sans-serif;color:#0a1418;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;color:#0b5c6b;margin-top:1.8rem}h3{font-size:1rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;
border-bottom:1px solid #c3d2d6}thead th{border-bottom:2px solid #0b5c6b}caption,figcaption{text-align:left;font-weight:bold;
padding:.4rem 0}img{max-width:100%}.marks{white-space:nowrap}
.draft-source{border:2px solid #8a1f11;color:#8a1f11;padding:.3rem .6rem;font-weight:bold}"""


_MARK = r"\[(\d{1,3})\]"


def as_markdown(made: Briefing, chart: Chart | None = None) -> str:
    """The briefing as Markdown. The chart is told in words, for Markdown holds no picture of its own."""
    parts = [f"# {as_written(made.title)}"]
    if made.drafts:
        parts.append(f"**DRAFT SOURCE.** {as_written(' '.join(made.caveats[: len(made.drafts)]))}")
    prepared = f"Prepared on {made.prepared.day} {made.prepared:%B %Y}"
    parts.append(f"{prepared} from {as_written('; '.join(sources_line(made.documents)))}.")
    parts += ["## Purpose", as_written(made.purpose)]
    if made.summary:
        parts += ["## Summary", "\n\n".join(as_written(line) for line in made.summary)]
    parts += [as_written(line) for line in made.own]
    if made.answers:
        parts.append(f"## {layout.ANSWERS}")
    for answer in made.answers:
        parts.append(f"### {as_written(answer.question)}")
        parts += [f"{'- ' if item else ''}{as_written(line)}" for item, line in lines(answer)]
    if not made.of_answers:
        parts.append("## Key figures")
    if not made.figures and not made.of_answers:
        parts.append(reply("brief.no_figures"))
    if made.figures:
        head = [f"| {' | '.join(layout.COLUMNS)} |", f"|{'---|' * len(layout.COLUMNS)}"]
        rows = [f"| {' | '.join(as_written(cell) for cell in layout.row(key, made))} |" for key in made.figures]
        parts.append("\n".join((*head, *rows)))
    if chart is not None:
        parts += [f"**Figure 1. {as_written(chart.caption)}**", as_written(chart.alt)]
    if not made.of_answers:
        parts.append("## What the plan commits to")
    if not made.promises and not made.of_answers:
        parts.append(reply("brief.no_promises"))
    for name, chosen in layout.promises(made):
        items = [f"{'    ' if p.commitment.parent else ''}- {as_written(p.text)} \\[{p.number}\\]" for p in chosen]
        parts += [f"### {name}", "\n".join(items)]
    said = [*made.gaps, *made.caveats]
    if said:
        parts += ["## Gaps and caveats", "\n".join(f"- {as_written(line)}" for line in said)]
    sources = [f"{c.id}. {as_written(layout.source(c))}: “{as_written(layout.quote(c))}”" for c in made.sources]
    parts += ["## Sources", "\n".join(sources)]
    return "\n\n".join(parts) + "\n"


def as_html(made: Briefing, chart: Chart | None = None) -> str:
    """The briefing as one HTML file that needs nothing beside it."""
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(made.title)}</title>'
    )
    body = body_html(made, chart)
    return f'<!doctype html>\n<html lang="en-GB"><head>{head}<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n'


def body_html(made: Briefing, chart: Chart | None = None, cite: Callable[[int], str] | None = None) -> str:
    """The briefing's parts as HTML.

    cite: what stands for a citation's number in the text; without it, a link to the list of sources.
    """
    cite = cite or _link

    def cited(line: str) -> str:
        def marks(run: re.Match[str]) -> str:
            return f'<span class="marks">{re.sub(_MARK, lambda mark: cite(int(mark[1])), run[0])}</span>'

        return re.sub(rf"(?:{_MARK})+[.,;]?", marks, escape(line))

    parts = [f"<h1>{escape(made.title)}</h1>"]
    if made.drafts:
        parts.append(f'<p class="draft-source">DRAFT SOURCE. {escape(" ".join(made.caveats[: len(made.drafts)]))}</p>')
    prepared = f"Prepared on {made.prepared.day} {made.prepared:%B %Y} from {'; '.join(sources_line(made.documents))}."
    parts += [f"<p>{escape(prepared)}</p>", "<h2>Purpose</h2>", f"<p>{escape(made.purpose)}</p>"]
    if made.summary:
        parts += ["<h2>Summary</h2>", *(f"<p>{cited(line)}</p>" for line in made.summary)]
    parts += [f"<p>{cited(line)}</p>" for line in made.own]
    if made.answers:
        parts.append(f"<h2>{layout.ANSWERS}</h2>")
    for answer in made.answers:
        parts.append(f"<h3>{escape(answer.question)}</h3>")
        for item, run in groupby(lines(answer), key=lambda line: line[0]):
            tag = "li" if item else "p"
            inside = "".join(f"<{tag}>{cited(line)}</{tag}>" for _, line in run)
            parts.append(f"<ul>{inside}</ul>" if item else inside)
    if not made.of_answers:
        parts.append("<h2>Key figures</h2>")
    if not made.figures and not made.of_answers:
        parts.append(f"<p>{reply('brief.no_figures')}</p>")
    if made.figures:
        parts.append(_figures_table(made, cited))
    if chart is not None:
        data = base64.b64encode(chart.png).decode()
        picture = f'<img src="data:image/png;base64,{data}" width="{chart.width}" alt="{escape(chart.alt)}">'
        parts.append(f"<figure>{picture}<figcaption>Figure 1. {escape(chart.caption)}</figcaption></figure>")
    if not made.of_answers:
        parts.append("<h2>What the plan commits to</h2>")
    if not made.promises and not made.of_answers:
        parts.append(f"<p>{reply('brief.no_promises')}</p>")
    for name, chosen in layout.promises(made):
        items = "".join(f"<li>{escape(p.text)} {cited(f'[{p.number}]')}</li>" for p in chosen)
        parts += [f"<h3>{escape(name)}</h3>", f"<ul>{items}</ul>"]
    said = [*made.gaps, *made.caveats]
    if said:
        parts += ["<h2>Gaps and caveats</h2>", f"<ul>{''.join(f'<li>{cited(line)}</li>' for line in said)}</ul>"]
    sources = "".join(
        f'<li id="source-{c.id}">{escape(layout.source(c))}: “{escape(layout.quote(c))}”</li>' for c in made.sources
    )
    parts += ["<h2>Sources</h2>", f"<ol>{sources}</ol>"]
    return "\n".join(parts)


def _figures_table(made: Briefing, cited: Callable[[str], str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in layout.COLUMNS)
    rows = "".join(
        f"<tr>{''.join(f'<td>{cited(cell)}</td>' for cell in layout.row(key, made))}</tr>" for key in made.figures
    )
    caption = "<caption>Table 1. Key figures as the sources print them</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _link(number: int) -> str:
    """A citation mark that leads to the list of sources."""
    return f'<a href="#source-{number}">[{number}]</a>'
