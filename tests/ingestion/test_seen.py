"""What nobody sees of a page is not read, whichever way it is hidden; what is seen stays, however it is set."""

import pytest

from ingestion.html import read_html
from ingestion.styles import shows_on_screen

SAID = "In 2023, 640 homes were built."
UNSEEN = "In 2024, 812 homes were built."
LEFT_OUT = ("6 words that the file holds but does not show were left out.",)


def read(body: str, head: str = "") -> tuple[str, tuple[str, ...]]:
    found = read_html(f"<html><head>{head}</head><body><h1>Homes</h1>{body}</body></html>")
    return found.text, found.warnings


HIDING = """
font-size: 0|font-size: 1px|font-size: 0.5pt|font-size: .05em|font-size: 5%|font-size: 0.06rem|font: 0/0 a|font: bold 1px Arial
color: white|color: #fff|COLOR: #FFFFFF !important|color: #fefefe|color: rgb(250, 250, 250)|color: hsl(0 0% 100%)
color: transparent|color: rgba(0, 0, 0, 0.02)|color: #abcdef; background: #abcdef|background-color: black; color: #010101
opacity: 0|opacity: .01|opacity: 1%|filter: opacity(0)|visibility: hidden|visibility: collapse|display: none
DISPLAY : NONE|color: red; display: none !important|display: none; display: wrong-one|content-visibility: hidden
position: absolute; left: -9999px|position: fixed; top: -600px|position: absolute; right: -2000px|position: absolute; bottom: -100em
position: absolute; inset: -9999px auto auto -9999px|margin-left: -9999px|margin: -900px 0 0 0|text-indent: -9999px
text-indent: 100%; white-space: nowrap; overflow: hidden|transform: translateX(-9999px)|transform: translate(0, -2000px)
transform: scale(0)|transform: scale(0.01)|scale: 0|height: 0; overflow: hidden|width: 0; overflow: hidden
max-height: 0; overflow-y: hidden|height: 1px; width: 1px; overflow: hidden|position: absolute; clip: rect(0, 0, 0, 0)
position: absolute; clip: rect(1px 1px 1px 1px)|clip-path: inset(100%)|clip-path: inset(50%)|clip-path: circle(0)
clip-path: polygon(0 0, 0 0, 0 0)|--x: none; display: var(--x)|color: var(--y, #fff)
"""
SHOWING = """
font-size: 8px|font-size: 6pt|font: 700 12px Arial|font-size: 50%|color: white; background: black|color: #fff; background: navy
color: red|color: #777|color: #cccccc|opacity: .5|visibility: visible|display: inline-block
color: #fff; background-image: url(dark.png)|color: #fff; background: linear-gradient(#000, #333)
position: absolute; left: 50%; margin-left: -600px|margin-left: -15px|text-indent: -2em; padding-left: 2em
margin: 0 -9999px; padding: 0 9999px|margin-top: -600px; padding-top: 600px|float: left; margin-left: -900px
transform: translate(-50%, -50%); position: absolute; top: 50%|transform: scale(.9)|height: 0|height: 200px; overflow: hidden
height: 0; padding-bottom: 56%; overflow: hidden|height: 0; min-height: 3em; overflow: hidden|clip: rect(0, 0, 0, 0)
clip-path: inset(10%)|clip-path: circle(50%)|position: absolute; top: 9000px|display: none; display: block
opacity: 0; animation: appear 1s forwards|color: transparent; text-shadow: 0 0 0 black|color: #fff; text-shadow: 1px 1px 2px #000
color: transparent; background: linear-gradient(red, blue); background-clip: text|color: #00e; font-size: 10px
"""


def ways(listed: str) -> list[str]:
    return [way for line in listed.strip().splitlines() for way in line.split("|")]


@pytest.mark.parametrize("style", ways(HIDING))
def test_what_an_element_or_a_sheet_hides_is_not_read(style: str) -> None:
    attribute = f"<p>{SAID}</p><p style='{style}'>{UNSEEN}</p><p>The end.</p>"
    sheet = f"<p>{SAID}</p><p class='a b'>{UNSEEN}</p><p>The end.</p>"
    for body, head in ((attribute, ""), (sheet, f"<style>h6, .b {{ {style} }}</style>")):
        text, warnings = read(body, head)
        assert "812" not in text and SAID in text and "The end." in text
        assert warnings == LEFT_OUT


@pytest.mark.parametrize("style", ways(SHOWING))
def test_what_is_seen_is_read(style: str) -> None:
    for body, head in (
        (f"<p style='{style}'>{SAID}</p>", ""),
        (f"<p id=a>{SAID}</p>", f"<style>p#a {{ {style} }}</style>"),
    ):
        assert read(body, head) == (f"Homes\n\n{SAID}", ())


@pytest.mark.parametrize(
    ("sheet", "attributes"),
    [
        (".a { display: none }", "class=a"),
        ("#a { color: #fff }", "id=a"),
        ("p[data-x='1'] { font-size: 0 }", "data-x=1"),
        ("h4, p.a , td { opacity: 0 }", "class=a"),
        ("div p:not(.b) { visibility: hidden }", "class=a"),
        ("body > div > p { display: none }", ""),
        ("@media screen { .a { display: none } }", "class=a"),
        ("@media all and (min-width: 600px) { .a { display: none } }", "class=a"),
        ("@media not print { .a { display: none } }", "class=a"),
        ("@supports (display: grid) { .a { display: none } }", "class=a"),
        (".a { display: none !important } #b { display: block }", "class=a id=b"),
        (".a { display: none !important }", "class=a style='display: block'"),
        ("p { display: block } .a { display: none } p { display: block }", "class=a"),
        (".a { color: black } .a { color: white }", "class=a"),
        ("div { color: white }", ""),
        ("body { background: #123456 } p { color: #123457 }", ""),
        ("<!-- .a { display: none } -->", "class=a"),
        (":root { --ink: #fff } .a { color: var(--ink) }", "class=a"),
        ("p:nth-child(1) { display: none } nonsense((", ""),
    ],
)
def test_rules_of_a_sheet_hide(sheet: str, attributes: str) -> None:
    text, warnings = read(f"<div><p {attributes}>{UNSEEN}</p></div><h2>Then</h2>", f"<style>{sheet}</style>")
    assert "812" not in text and "Then" in text and warnings == LEFT_OUT


@pytest.mark.parametrize(
    ("sheet", "attributes"),
    [
        ("@media print { .a { display: none } }", "class=a"),
        ("@media (max-width: 600px) { .a { display: none } }", "class=a"),
        ("@media (prefers-color-scheme: dark) { p { color: #fff } }", ""),
        (".a { display: none } p.a { display: block }", "class=a"),
        (".a { display: none }", "class=a style='display: block'"),
        (".a { display: none } .b { display: block }", "class='a b'"),
        ("p:hover { display: none } p::before { display: none } p::first-line { color: #fff }", ""),
        ("div { visibility: hidden } p { visibility: visible }", ""),
        ("div { font-size: 0 } p { font-size: 16px }", ""),
        ("div { color: white } p { color: black }", ""),
        ("div { background: #222; color: white }", ""),
        ("body { background: #222; color: white }", ""),
        (".a { color: white }", "class=a bgcolor=navy style='background: navy'"),
        (".z, #z, [z] { display: none }", "class=a"),
    ],
)
def test_rules_that_do_not_hold_or_are_outranked_hide_nothing(sheet: str, attributes: str) -> None:
    assert read(f"<div><p {attributes}>{SAID}</p></div>", f"<style>{sheet}</style>")[1] == ()
    assert SAID in read(f"<div><p {attributes}>{SAID}</p></div>", f"<style>{sheet}</style>")[0]


@pytest.mark.parametrize(
    "body",
    [
        f"<p hidden>{UNSEEN}</p>",
        f"<p><font color=white>{UNSEEN}</font></p>",
        f"<div style='visibility: hidden'><p>{UNSEEN}</p></div>",
        f"<div style='opacity: .2'><p style='opacity: .2'>{UNSEEN}</p></div>",
        f"<table bgcolor=navy><tr><td style='color: navy'>{UNSEEN}</td><td style='color: #fff'>Seen</td></tr></table>",
        f"<ul><li>One</li><li style='display: none'>{UNSEEN}</li></ul>",
        f"<h2 style='color: #fff'>{UNSEEN}</h2>",
    ],
)
def test_elements_hide_what_is_in_them(body: str) -> None:
    text, warnings = read(f"<p>{SAID}</p>{body}")
    assert "812" not in text and SAID in text and warnings == LEFT_OUT


@pytest.mark.parametrize(
    "body",
    [
        f"<p aria-hidden=true>{SAID}</p>",
        f"<details><summary>More</summary><p>{SAID}</p></details>",
        f"<div style='visibility: hidden'><p style='visibility: visible'>{SAID}</p></div>",
        f"<table><tr style='background: #036; color: #fff'><th>Homes</th><th>{SAID}</th></tr></table>",
        f"<div style='color: #fff'><a href='#x'>{SAID}</a> <mark>Seen</mark></div>",
        f"<div style='position: relative'><img src=a.jpg><p style='color: #fff'>{SAID}</p></div>",
        f"<p><span style='text-indent: -9999px; height: 0; overflow: hidden'>{SAID}</span></p>",
        f"<noscript><style>p {{ display: none }}</style></noscript><p>{SAID}</p>",
        f"<div style='text-indent: -9999px'><p style='text-indent: 0'>{SAID}</p></div>",
    ],
)
def test_what_people_see_stays(body: str) -> None:
    text, warnings = read(body)
    assert SAID in text and warnings == ()


def test_a_row_that_is_hidden_is_no_row_and_its_table_stays() -> None:
    text, _ = read(
        "<table><tr><th>Area</th><th>Homes</th></tr><tr><td>North</td><td>640</td></tr>"
        "<tr style='color: #fff'><td>South</td><td>812</td></tr><tr><td>West</td><td>77</td></tr></table>"
    )
    assert "640" in text and "77" in text and "812" not in text and "South" not in text


def test_a_word_that_nobody_sees_is_one() -> None:
    assert read("<p>Homes <span style='font-size: 0'>812</span></p>")[1] == (
        "A word that the file holds but does not show was left out.",
    )


@pytest.mark.parametrize(("query", "holds"), [("", True), ("print", False), ("print, screen", True), ("speech", False)])
def test_a_sheet_holds_on_the_screen_or_not(query: str, holds: bool) -> None:
    assert shows_on_screen(query) is holds
