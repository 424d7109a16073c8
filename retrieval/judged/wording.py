"""How English asks: for a rate or a count, for a place of a kind.

What is asked about is left to the judge.
"""

import re

from retrieval.wording import phrases

PER_CENT = phrases(r"per ?cent", "percentage(?! points?)", "proportion", "share of", "what share", "fraction")
HOW_MANY = re.compile(r"\bhow\s+many\b(?!\s+(?:per\s*cent|in\s+(?:every|each)))|\bnumber\s+of\b", re.IGNORECASE)
A_RATE = phrases("per", "rate", "(?:in|for|out of) every")
IN_A_PLACE = re.compile(r"\b(?:in|for|across|within|at|of)\s+((?:[A-Z][a-z]+)(?:[ -][A-Z][a-z]+)*)")
SORTS_OF_AREA: tuple[tuple[re.Pattern[str], str], ...] = (
    (phrases("the county", "county[ -]?wide", "county(?:'s)? average"), "county"),
    (phrases("national(?:ly)?", "country as a whole", "(?:whole|rest of the) country", "nationwide"), "country"),
    (phrases("the region", "regional(?:ly)?"), "region"),
)
# How the row or the column of a whole begins.
WHOLE = re.compile(r"(?:grand )?(?:total|all|overall|england|great britain|united kingdom|uk)\b", re.IGNORECASE)
