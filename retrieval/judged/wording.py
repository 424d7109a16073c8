"""How English asks: for a rate or a count, for a place of a kind, for who leads, for a document itself.

What is asked about is left to the judge.
"""

import re

from retrieval.wording import phrases

PER_CENT = phrases(r"per ?cent", "percentage(?! points?)", "proportion", "share of", "what share", "fraction")
HOW_MANY = re.compile(r"\bhow\s+many\b(?!\s+(?:per\s*cent|in\s+(?:every|each)))|\bnumber\s+of\b", re.IGNORECASE)
IN_A_PLACE = re.compile(r"\b(?:in|for|across|within|at|of)\s+((?:[A-Z][a-z]+)(?:[ -][A-Z][a-z]+)*)")
SORTS_OF_AREA: tuple[tuple[re.Pattern[str], str], ...] = (
    (phrases("the county", "county[ -]?wide", "county(?:'s)? average"), "county"),
    (phrases("national(?:ly)?", "country as a whole", "(?:whole|rest of the) country", "nationwide"), "country"),
    (phrases("the region", "regional(?:ly)?"), "region"),
)
LEAD = phrases(
    r"who\b.{0,30}\b(?:lead(?:s|ing)?|led|runs?|running|oversees?|overseeing|overseen|heads?|in charge|responsible|accountable)",
    "led by", "overseen by", "(?:the|every|each) leads?",
)  # fmt: skip
SUPPORT = phrases(
    r"who\b.{0,40}\bsupport(?:s|ing)?", "supported by", "supporting partners?", "partners? (?:of|for|in|on)"
)
THEMES = phrases(
    r"(?:what|which|list|name|how many)\b.{0,24}\b(?:themes|priorities|pillars)", "summar(?:y|ise|ize) .{0,12}plan"
)
# "Is the plan still a draft?", "When was the strategy published?": about the paper, not about what it says.
_PAPER = r"(?:this |the )(?:\w+ ){0,3}(?:plan|strategy|document|report|paper)"
DOCUMENT = phrases(
    rf"when (?:was|is) {_PAPER} (?:\w+ )?(?:published|dated|from|written)", rf"who (?:published|wrote) {_PAPER}",
    rf"(?:is|was) {_PAPER} (?:still |only )?(?:a )?(?:draft|final|adopted)", rf"(?:date|status) of {_PAPER}",
    rf"how old is {_PAPER}",
)  # fmt: skip
ITSELF = phrases(
    "who are you",
    "what are you",
    "what can you do",
    "how do you work",
    "are you (?:a|an) .{0,20}",
    "hello",
    "hi",
    "help",
)
# How the row or the column of a whole begins.
WHOLE = re.compile(r"(?:grand )?(?:total|all|overall|england|great britain|united kingdom|uk)\b", re.IGNORECASE)
