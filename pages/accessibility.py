"""The accessibility statement, on the model that GOV.UK gives to public bodies."""

from answering.ask import VERSION
from answering.say import upper_first
from corpus.settings import Settings
from pages.statement import how_to_reach_them, show_statement, who_runs_it

TESTED = "24 November 2026"
STATEMENT = """
This statement is about planchat, which is run by {council}. We want as many people as possible to be able to use it. You
should be able to:

- change colours and contrast: planchat follows your device’s light or dark setting
- zoom in up to 400% without the text running off the screen
- use every page with a keyboard alone
- use every page with a screen reader, which is told when an answer is ready
- read every figure of a chart in a table beside it
- stop most movement, by asking your device for less of it

The words are as plain as we could make them. Words of a source are shown as the source has them.

AbilityNet has advice on making your device easier to use if you have a disability: mcmw.abilitynet.org.uk

## How accessible planchat is

We know that some parts are not fully accessible:

- The pictures of PDF pages are pictures. The words that an answer quotes stand as text beside them; the rest of the page
  does not.
- Documents that the council published may not be accessible themselves. planchat shows their words as text wherever it
  could read them, but it can lose headings and tables of a file that was made without them.
- Briefings that you download as Word files use real headings and tables, and their charts carry a description; they have
  not been tested with a screen reader.
- planchat does not work without JavaScript.
- Some names for screen readers, such as those of the menus of lists, come from the framework that planchat is built on and
  cannot be changed here.

## If you need this information in another form, or find a problem

{contact} Say which page you were on and what you need: a document as accessible PDF, large print, easy read, audio or
braille, or an answer by telephone.

We look at everything that we are told, and say what we will do about it.

## Enforcing accessibility

The Equality and Human Rights Commission (EHRC) enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2)
Accessibility Regulations 2018. If you are not happy with how we respond, contact the Equality Advisory and Support Service
(EASS): www.equalityadvisoryservice.com. In Northern Ireland, contact the Equality Commission for Northern Ireland.

## Technical information

{council_opening} is committed to making planchat accessible, in line with the regulations named above.

planchat is partially compliant with the Web Content Accessibility Guidelines (WCAG) version 2.2 AA standard, because of what
is listed under “How accessible planchat is”. That concerns success criterion 1.1.1 (non-text content) for pictures of pages,
and 1.3.1 (information and relationships) for documents that were made without headings.

## How it was tested

planchat {version} was last tested on {tested}, by its makers:

- axe-core, a tool that finds faults, was run on every page and in its main states, in light and in dark, and found none
- the main journeys were walked through in Chromium with the keyboard alone, at 1280 and at 390 pixels wide
- these tests run again whenever planchat is changed

It has not yet been tested by disabled people, nor with the screen readers NVDA, JAWS, VoiceOver or TalkBack, nor in other
browsers. Tools find only some of the faults that there can be.

This statement was prepared on {tested}.
"""

settings = Settings()
council = who_runs_it(settings)
show_statement(
    "Accessibility statement for planchat",
    STATEMENT.format(
        council=council,
        council_opening=upper_first(council),
        contact=how_to_reach_them(settings),
        version=VERSION,
        tested=TESTED,
    ),
)
