"""How English asks: for two things set side by side, for a place of a kind, for a plan's parts, for a document itself.

A phrase is a regular expression in which a space stands for any white space; each is held to whole words. What is asked
about is left to the judge.
"""

import re

from corpus.commitment import CommitmentKind


def phrases(*alternatives: str) -> re.Pattern[str]:
    """One pattern for several phrases, in any case."""
    spaced = (a.replace(" ", r"\s+") for a in alternatives)
    return re.compile("|".join(rf"(?<!\w)(?:{a})(?!\w)" for a in spaced), re.IGNORECASE)


PER_CENT = phrases(r"per ?cent", "percentage(?! points?)", "proportion", "share of", "what share", "fraction")
HOW_MANY = re.compile(r"\bhow\s+many\b(?!\s+(?:per\s*cent|in\s+(?:every|each)))|\bnumber\s+of\b", re.IGNORECASE)
IN_A_PLACE = re.compile(r"\b(?:in|for|across|within|at|of)\s+((?:[A-Z][a-z]+)(?:[ -][A-Z][a-z]+)*)")
SORTS_OF_AREA: tuple[tuple[re.Pattern[str], str], ...] = (
    (phrases("the county", "county[ -]?wide", "county(?:'s)? average"), "county"),
    (phrases("national(?:ly)?", "country as a whole", "(?:whole|rest of the) country", "nationwide"), "country"),
    (phrases("the region", "regional(?:ly)?"), "region"),
)
TOGETHER = phrases("combined", "altogether", "together", "in total", "add(?:ed)? up", "sum of")
RATIO = phrases("ratio", "how many times", "times (?:as|more|higher|larger)", "double", "twice")

PARTS: tuple[tuple[re.Pattern[str], CommitmentKind], ...] = (
    (phrases("activit(?:y|ies)", "actions?", "projects?", "(?:will be|being) done"), CommitmentKind.ACTIVITY),
    (phrases("outputs?", "targets?"), CommitmentKind.OUTPUT),
    (phrases("outcomes?", "aims?", "goals?"), CommitmentKind.OUTCOME),
    (phrases("issues?", "problems?", "challenges?"), CommitmentKind.ISSUE),
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
THEME_REFERENCE = re.compile(
    r"\b(theme|priority|objective|goal|pillar|strand|aim|ambition)\s+"
    r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
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
