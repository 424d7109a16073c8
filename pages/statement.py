"""A page of plain words: headings, paragraphs and lists. What a setting says is escaped like everything else."""

import re
from html import escape

import streamlit as st

from corpus.settings import Settings


def show_statement(title: str, text: str) -> None:
    """Show a text in which ``##`` begins a heading, ``-`` a point of a list, and a blank line a paragraph."""
    parts = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.strip().splitlines()
        if lines[0].startswith("## "):
            parts.append(f"<h2>{escape(lines[0][3:])}</h2>")
        elif all(line.startswith(("- ", "  ")) for line in lines):
            points = re.split(r"\n- ", block.strip()[2:])
            parts.append("<ul>" + "".join(f"<li>{escape(' '.join(p.split()))}</li>" for p in points) + "</ul>")
        else:
            parts.append(f"<p>{escape(' '.join(block.split()))}</p>")
    st.html(f'<article class="statement"><h1 class="page">{escape(title)}</h1>{"".join(parts)}</article>')


def who_runs_it(settings: Settings) -> str:
    """The council by its name, where it has given one."""
    return settings.council or "your council"


def how_to_reach_them(settings: Settings) -> str:
    """A sentence."""
    if settings.contact:
        return f"Contact {who_runs_it(settings)}: {settings.contact}."
    return f"Contact {who_runs_it(settings)} as its website says."
