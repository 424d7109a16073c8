"""What Markdown holds and does not show is not read; what it shows stays, to the letter."""

from pathlib import Path

import pytest

from ingestion.markdown import read_markdown
from ingestion.raw_html import without_unseen
from ingestion.read import read_text

SAID = "In 2023, 640 homes were built."
UNSEEN = "In 2024, 812 homes were built."


@pytest.mark.parametrize(
    "hidden",
    [
        f"<!-- {UNSEEN} -->",
        f"<!--\n\n{UNSEEN}\n\n-->",
        f"<!-- {UNSEEN}",
        f'[x]: https://example.org "{UNSEEN}"',
        f"[x]: <https://example.org>\n  '{UNSEEN}'",
        f"[//]: # ({UNSEEN})",
        f'[comment]: <> "{UNSEEN}"',
        f'[More](https://example.org "{UNSEEN}")',
        f"<span hidden>{UNSEEN}</span>",
        f"<p style='display:none'>{UNSEEN}</p>",
        f"<div style='font-size: 0'>\n\n{UNSEEN}\n\n- {UNSEEN}\n\n</div>",
        f'<span style="color: #fff">{UNSEEN}</span>',
        f"<font color=white>{UNSEEN}</font>",
        f"<span style='position:absolute;left:-9999px'><b>{UNSEEN}</b></span>",
        f"<style>.a {{ opacity: 0 }}</style>\n\n<div class=a>\n{UNSEEN}\n</div>",
        f"<template>{UNSEEN}</template>",
        f"<noscript>{UNSEEN}</noscript>",
        f"<script>var a = '{UNSEEN}'</script>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    text = f"# Homes\n\n{SAID}\n\n{hidden}\n" + ("" if hidden.endswith("built.") else "\nThe end.\n")
    read = read_markdown(text)
    assert "812" not in read.text and SAID in read.text
    assert ("The end." in read.text) == ("The end." in text)


@pytest.mark.parametrize(
    "shown",
    [
        SAID,
        f"Homes <span style='color: red'>{SAID}</span>",
        f"<div>\n\n{SAID}\n\n</div>",
        f"<details><summary>More</summary>\n\n{SAID}\n\n</details>",
        f"[Note]: {SAID}",
        f"Homes:\n[x]: https://example.org/640 '{SAID}'",
        f"[^1]: {SAID}",
        f"`<!-- {SAID} -->`",
        f"```\n<span hidden>{SAID}</span>\n```",
        f"Fewer <!-- than {SAID}",
        f"5 < 6 and 7 > 3: {SAID}",
        f"[More (640)](https://example.org) {SAID}",
        f"| Homes | Built |\n|---|---|\n| <b>640</b> | {SAID} |",
        f"<span style='background: #000; color: #fff'>{SAID}</span>",
        f"<p aria-hidden=true>{SAID}</p>",
    ],
)
def test_what_is_shown_stays(shown: str) -> None:
    assert without_unseen(f"# Homes\n\n{shown}\n") == (f"# Homes\n\n{shown}\n", 0)


def test_a_tag_that_is_never_closed_hides_its_paragraph_alone() -> None:
    text, words = without_unseen(f"a <span style='font-size:0'>{UNSEEN}\n\n{SAID}\n")
    assert "812" not in text and SAID in text and words == 6


def test_what_is_left_out_is_said() -> None:
    assert read_markdown(f"{SAID}\n\n<!-- {UNSEEN} -->\n").warnings == (
        "6 words that the file holds but does not show were left out.",
    )
    assert read_markdown(SAID).warnings == ()


def test_plain_text_is_seen_as_it_was_typed(tmp_path: Path) -> None:
    file = tmp_path / "homes.txt"
    file.write_text(f"Homes\n\n<!-- {SAID} -->\n", encoding="utf-8")
    assert SAID in read_text(file).text
    file = file.rename(tmp_path / "homes.md")
    assert SAID not in read_text(file).text
