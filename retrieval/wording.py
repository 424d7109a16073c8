"""How questions are worded: the phrases by which English asks for figures, dates, lists, leads and comparisons.

A phrase is a regular expression in which a space stands for any white space; each is held to whole words.
"""

import re
from enum import StrEnum

from corpus.commitment import CommitmentKind


class Compares(StrEnum):
    """What is to be worked out from several figures."""

    DIFFERENCE = "difference"
    RATIO = "ratio"
    SUM = "sum"
    SHARE = "share"
    WHOLE = "whole"
    PRODUCT = "product"
    COMPLEMENT = "complement"
    HIGHEST = "highest"
    LOWEST = "lowest"
    SIDE_BY_SIDE = "side_by_side"


def phrases(*alternatives: str) -> re.Pattern[str]:
    """One pattern for several phrases, in any case."""
    spaced = (a.replace(" ", r"\s+") for a in alternatives)
    return re.compile("|".join(rf"(?<!\w)(?:{a})(?!\w)" for a in spaced), re.IGNORECASE)


# Words of asking: they shape the answer and name nothing that is measured.
ASKING = frozenset(
    """share percentage percent percentages proportion number numbers amount figure figures total value values many
    much rate level average statistic data stat stats information detail details plan document report strategy
    council's according state stated mention mentioned describe explain list name names compare compared
    comparison compares difference different differ currently current latest recent know want find out need
    answer question please thank thanks quote cite source sources evidence long high higher highest low lower
    lowest big bigger biggest larger largest fewer fewest smaller smallest great greater expected forecast
    projected predicted predict expect planned plans set get got have has there year years theme themes priority
    priorities often still overall altogether approximately per cent used make makes made call called include
    included includes come comes typical typically local area areas borough district county place places use
    meant means meaning intend intended intends intention hope hoped hopes hoping bring brings brought wants
    wanted supposed due going able exist exists happen happens happened happening deliver delivers delivered
    claim claims right true correct really aim aims aimed target targets targeted stand stands stood sit sits
    hold holds held occur believe think seen see sees look looks looking give gives giving fast faster quickly
    slowly strongly soon well badly anyone anything something thing things kind type sort way ways old new
    promise promised promises keep keeps continue each every all any both exact precise word words thousand
    hundred million billion square feet foot sq ft metre metres pounds pound money sum worth time times above
    below than versus vs relative across among amongst around against nationally national country borough's
    report's figure's quoted quote's recovery said says tell suggest suggests suggested show shows showed
    showing reach reached reaches achieve achieved plus add added together combined between ratio gap behind
    ahead exceed exceeds exceeded points commitment commitments council one baseline take takes taken should
    must hours hour minutes days weeks months two three four five six seven eight nine ten twelve go goes gone refer refers
    went up down spd dpd guide guidance website page form required requires require count counts counted extent
    far away become becomes became best worst better
    worse tonne tonnes kilotonne kilotonnes kilogram kilograms kilo kilos kg megawatt
    megawatts hectare hectares acre acres mile miles kilometre kilometres""".split()
)
# Words of asking that say which thing is asked about where they stand right before it: "council tax", "higher
# apprenticeships"; elsewhere "council" only names whose plan it is, and "higher" only compares.
NARROWING: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "council",
        re.compile(
            r"(?<!borough )(?<!district )(?<!county )(?<!city )(?<!town )\bcouncil(?:[- ]owned)?[\s-]+"
            r"(?:tax(?:es)?|hous(?:e|es|ing)|homes?|flats?|tenan(?:t|ts|cy)|rents?|stock|propert(?:y|ies)|buildings?|land"
            r"|estates?|vehicles?|fleet|dwellings?)\b",
            re.IGNORECASE,
        ),
    ),
    ("higher", re.compile(r"\bhigher\s+(?:apprentice(?:s|ships?)?|education|tier)\b", re.IGNORECASE)),
)
WEAK = frozenset("rate level average total number expected forecast new local current mean typical rise fall".split())

# A target is asked for: "targeted" firms and how a figure stands "against its target" are something else.
TARGET_ASKED = re.compile(
    r"(?<!against its )(?<!against the )(?<!on )(?<!with its )(?<!with the )(?<!meet its )(?<!miss its )(?<!missed its )"
    r"\btargets?\b(?!\s+(?:group|audience|sector|area|market)s?)|\b(?:goal|ambition)\b",
    re.IGNORECASE,
)
# "The top 10%" are people; no share is asked for.
POINT_OF_A_SPREAD = re.compile(
    r"\b(?:top|bottom|highest|lowest|best|worst|richest|poorest)(?:[ -](?:paid|earning))?\s+\d{1,2}\s?(?:%|per ?cent)",
    re.IGNORECASE,
)
# "What does x mean?" asks what is meant, and for no mean.
WHAT_IT_MEANS = re.compile(r"^\s*what\s+(?:does|do|did)\b.{1,60}\bmean\b", re.IGNORECASE)
_RATES = frozenset({"percent", "percentage_points"})
_COUNTS = frozenset({"count", "per_100", "per_1000", "per_10000", "per_100000"})
_SPACE = frozenset({"sq_ft", "sq_m", "hectares", "acres"})
_TIME = frozenset({"hours", "minutes"})
_DISTANCE = frozenset({"hours", "minutes", "miles", "km"})
_MONEY = frozenset({"gbp"})
# "The NVQ4 rate" is no number of people; "the building rate" is one of homes a year.
RATE_ASKED = re.compile(r"(?<!hourly\s)(?<!pay\s)\brate\b(?!\s+of\s+pay)", re.IGNORECASE)
# What is asked in, the units that answer, and whether nothing else will do; the first that is found counts.
UNITS: tuple[tuple[re.Pattern[str], frozenset[str], bool], ...] = (
    (phrases("percentage points?"), _RATES, False),
    (re.compile(r"\b(?:per\s*cent|percent(?:age)?|proportion|share|fraction)\b|%", re.I), frozenset({"percent"}), True),
    (RATE_ASKED, _RATES | _COUNTS - {"count"} | {"ratio"}, False),
    (re.compile(r"^(?!.*\b(?:how many|number of)\b).*\byears?[\s-]+survival\b(?!\s+(?:rate|count|number))", re.I), _RATES, True),
    (
        phrases(
            r"how (?:big|large) (?:is|are)\b.{0,60}\b(?:site|estate|park|building|land|plot|field|ground|campus|woodland)s?"
        ),
        _SPACE,
        False,
    ),
    (phrases("in (?:pounds|money)", "how much money", r"value of\b.*\bpounds"), _MONEY, True),
    (phrases(r"sq(?:uare)?\.? ?(?:ft|feet|foot|m|metres?)"), _SPACE, True),
    (phrases("how (?:many|much) hours", "how long", "(?:travel|journey) time"), _TIME, False),
    (phrases("how many (?:kilo)?tonnes"), frozenset({"tonnes", "kilotonnes"}), True),
    (phrases("how many (?:kilograms?|kilos?|kg)"), frozenset({"kg", "kilograms"}), False),
    (phrases("how many (?:megawatts?|MW)"), frozenset({"mw"}), True),
    (phrases("how many (?:hectares|acres)"), _SPACE, True),
    (phrases("how many (?:miles|kilometres|km)"), frozenset({"miles", "km"}), True),
    (phrases("how many", r"(?<!by\s)number of", "count of", "^number"), _COUNTS, False),
    (phrases("how far"), _DISTANCE, False),
    (phrases(r"(?:how much|amount of|how big|how large)\b.{0,40}\b(?:space|floorspace|land|area)"), _SPACE, False),
    (
        phrases(
            r"how much (?:more |less )?(?:do|does|did|are|is|was|were|has|have|will)\b[^?]*"
            r"\b(?:earn|paid|pay|cost|make|spen[dt]|worth)"
        ),
        _MONEY,
        False,
    ),
    (phrases("salary", "salaries", "wages?", "earnings", "earns?", "income", "pay", "cost", "funding", "budget"), _MONEY, False),
)  # fmt: skip

PARTS: tuple[tuple[re.Pattern[str], CommitmentKind], ...] = (
    (phrases("activit(?:y|ies)", "actions?", "projects?", "(?:will be|being) done"), CommitmentKind.ACTIVITY),
    (phrases("outputs?", "targets?"), CommitmentKind.OUTPUT),
    (phrases("outcomes?", "aims?", "goals?"), CommitmentKind.OUTCOME),
    (phrases("issues?", "problems?", "challenges?"), CommitmentKind.ISSUE),
)
# "The outcomes for inward investment": what a part of a theme is of.
PART_OF_WHAT = re.compile(
    r"\b(?:activit(?:y|ies)|actions|outputs?|outcomes?|issues?|challenges?)\s+(?:for|of|on|in|under|about|around)\s+(.+?)\s*\??$",
    re.IGNORECASE,
)
_LEADS = "lead(?:s|ing)?|led|runs?|running|oversees?|overseeing|overseen|heads?|in charge|responsible|accountable"
_BODIES = "organi[sz]ations?|bod(?:y|ies)|partners?|agenc(?:y|ies)"
LEAD = phrases(
    rf"who\b.{{0,30}}\b(?:{_LEADS})", "led by", "overseen by", "(?:the|every|each) leads?", rf"lead(?:ers?| (?:{_BODIES}))",
    rf"which (?:{_BODIES}) (?:leads?|runs?|oversees?|is leading)", r"(?:which|what) themes?\b.{0,40}\b(?:leads?|oversees?|led)",
    "what does .{2,40} (?:lead|oversee)",
)  # fmt: skip
SUPPORT = phrases(
    r"who\b.{0,40}\b(?:support(?:s|ing)?|helps?|helping|involved|input)", rf"support(?:ed|ing) (?:by|{_BODIES})",
    r"(?:which|what|who are the|list|name)\b.{0,40}\b(?:partners?|supporters?|organi[sz]ations?)", "partners? (?:of|for|in|on)",
    r"(?:which|what) themes?\b.{0,40}\b(?:supports?|involved|named)", r"what does .{2,40} support(?=\s*\?)",
)  # fmt: skip
# To be involved is to lead or to support.
INVOLVED = phrases("involved", "takes? part", r"part(?:s)? of the plan\b.{0,20}\binvolve", "named (?:for|in|as)")
THEMES = phrases(
    r"(?:what|which|list|name|how many|tell)\b.{0,40}\b(?:themes|priorities|pillars)", r"themes\b.{0,20}\bwhich"
)
DEFINITION = phrases(
    r"^\s*what (?:does|do|did) .{1,60}\b(?:mean|stand for|refer to)", "(?:definition|meaning) of", "defined?", "counts? as",
    "what is meant by", r"^\s*\S+(?: \S+)? meaning",
)  # fmt: skip
# "What is a location quotient?" asks what a thing is, unless what is named is a figure ("What is the export target?").
WHAT_IS_IT = phrases(
    r"^\s*what (?:is|are) (?:an? |the )?(?:[A-Z]{2,6}|[\w-]+(?:\s[\w-]+)?)(?: in (?:the|this) (?:plan|document))?(?=\s*\??$)",
)  # fmt: skip
_PAPER = "(?:plan|document|report|strategy)"
# Greetings, thanks, and questions about whoever answers.
ITSELF = phrases(
    r"^\s*(?:hello|hi|hey|thanks?|thank you|cheers|ok(?:ay)?|good (?:morning|afternoon|evening)|bye|goodbye)"
    r"(?: there| you| very much)?(?=\W*$|,)",
    r"^\s*(?:who|what) (?:are|r) you", "(?:who|what) (?:made|built|wrote|is) (?:you|planchat)", "are you an? .{0,30}",
    r"what (?:can|do|could) (?:you|planchat|i) (?:do|answer|know|ask)",
    r"how (?:do|can|does) (?:i use )?(?:you|this|planchat) (?:work|help)",
    "what (?:documents|sources|files|data) (?:do you|can you|does planchat) (?:have|use|know|read|hold)", r"^\s*help(?=\W*$)",
    "your (?:system )?(?:prompt|instructions|name)",
)  # fmt: skip
DOCUMENT = phrases(
    rf"(?:date|dated|when|year)\b.{{0,30}}\b{_PAPER}(?:.{{0,40}}\b(?:published|dated|written|issued|produced|from))?(?=\s*\??$)",
    rf"is (?:the|this) (?:\w+ ){{0,3}}{_PAPER} (?:an? |still )?(?:draft|adopted|final|approved)",
    rf"(?:date|status) of the\b.{{0,50}}\b{_PAPER}", "who (?:published|wrote|produced)",
)  # fmt: skip
WHEN = phrases(
    r"^\s*(?:and )?when", r"^\s*(?:and )?(?:(?:in|by|over|for) )?(?:what|which) (?:year|date|period)", r"^\s*how soon", "by when",
    "over (?:how many years|what (?:period|time))", "what(?:'s| is) the (?:deadline|due date|timescale)",
)  # fmt: skip
FIGURE = re.compile(
    phrases(
        "how (?:many|much|long|far|big|large|high|low|fast|quickly|great|old)",
        r"(?:what|which) (?:\w+ )?(?:share|percentage|proportion|number|fraction|rate)", "(?:what|which) level of",
        "percentage", "per ?cent", "proportion", "per (?:head|capita|hour|person|household)",
        "rate", "figure", "count(?! as)", "average", "median", "mean", "total", "target",
        r"(?<!by\s)number of", "^number",
    ).pattern
    + "|[%£]",
    re.IGNORECASE,
)  # fmt: skip
_SINGULAR = "this|is|does|across|less|was|has|proportion|percentage"
LISTS = phrases(
    rf"(?:which|what|list|name) (?!(?:{_SINGULAR})\b)(?:[\w-]+ ){{0,4}}?(?!(?:{_SINGULAR})\b)\w{{2,}}[^s\W]s",
    "what (?:are|were) the", "who are the", "in what (?:ways|respects)",
)  # fmt: skip
THEME_REFERENCE = re.compile(
    r"\b(theme|priority|objective|goal|pillar|strand|aim|ambition)\s+"
    r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
CALLED_THEME = re.compile(r"\b((?:[\w’'-]+\s+){1,6})(?:theme|priority|strand)\b", re.IGNORECASE)
# What stands right before a place that is only compared with.
AGAINST = re.compile(
    r"\b(?:than|compared?\s+(?:to|with|against)|versus|vs\.?|against|(?<!or\s)(?<!and\s)(?:above|below)|relative\s+to|exceeds?|of\s+the)"
    r"\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
COMPARES_WITH = re.compile(
    r"\b(?:than|compared?|versus|vs\.?|against|above|below|relative\s+to|exceeds?|average|total|figure|share|percentage|%)\b",
    re.IGNORECASE,
)
# "The least deprived decile of England" is not about England.
PART_OF_A_SCALE = re.compile(r"\b(?:decile|quintile|quartile|tenth|fifth)s?\s+(?:of|in)\s+$", re.IGNORECASE)
# "According to the Anytown strategy" names a paper, not the place that is asked about.
NAMES_A_PAPER = re.compile(
    r"(?:['’]s)?\s+(?:[\w’'-]+\s+){0,3}(?:plan|strategy|report|document|spd|dpd|guide|guidance|form|page|assessment|review)\b",
    re.IGNORECASE,
)
# "People who work in …", before a place that has been blanked out.
LIVES_OR_WORKS_THERE = re.compile(
    r"\b(?:(?:people|those|employees)\s+(?:(?P<work>who\s+work|working|employed)|(?:who\s+)?liv(?:e|ing))"
    r"|(?P<jobs>jobs(?:\s+(?:based|located))?(?=.*\b(?:pay|paid|earn|wages?|salar))))\s+in(?=\s{4,})",
    re.I,
)
IN_A_PLACE = re.compile(r"\b(?:in|for|across|within|at|of|about)\s+((?:[A-Z][a-z]+)(?:[ -][A-Z][a-z]+)*)")
SORTS_OF_AREA: tuple[tuple[re.Pattern[str], str], ...] = (
    (phrases("the county", "county[ -]?wide", "county(?:'s)? average"), "county"),
    (phrases("national (?:average|figure|rate|level)", r"(?<!deprived\s)nationally", "country as a whole"), "country"),
    (phrases("the region", "regional (?:average|figure|rate|level)", "regionally"), "region"),
)

_MORE = "more|less|fewer|higher|lower|bigger|smaller|greater|faster"
# "Fewer than ten" bounds a thing that is counted; it sets nothing beside another.
_NOT_A_BOUND = (
    "(?! than (?:\\d|a |an |one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|hundred|half))"
)
_BEYOND = "above|below|behind|ahead"
# Words of change over time.
GROWS = phrases(
    "gr[eo]ws?", "grown", "growth", "ris(?:e|en|ing)", "rose", "f[ae]ll", "fallen", "increased?", "decreased?", "declined?",
    "chang(?:e|ed)", "dropp?(?:ed)?",
)  # fmt: skip
_SUPERLATIVE = "highest|most|largest|biggest|greatest|fastest|top"
_DIMINUTIVE = "lowest|least|smallest|slowest|fewest"
# What is to be worked out; the first that is found counts.
COMPARES: tuple[tuple[re.Pattern[str], Compares], ...] = (
    (re.compile(r"\b(?:if|how\s+many\s+is|what\s+is)\s+\d+%\s+of\b", re.I), Compares.PRODUCT),
    (
        re.compile(
            r"\bif\b.*\d.*(?:%|per\s*cent).*\b(?:total|how\s+many|altogether|in\s+all|whole)\b"
            r"|\b(?:total|altogether|in\s+all)\b.*\bif\b.*%|\bimpl(?:y|ies|ied)\b.*\btotal\b",
            re.IGNORECASE,
        ),
        Compares.WHOLE,
    ),
    (
        re.compile(
            r"(?:\b(?:per\s*cent|percent(?:age)?|proportion|share)\b|%).*"
            r"(?:\b(?:do|does|are|is|have|has|were|was)\s+not\b|n['’]t\b|\bwithout\b|\bother\s+than\b|\bthe\s+rest\b)",
            re.IGNORECASE,
        ),
        Compares.COMPLEMENT,
    ),
    (
        phrases(
            "as a (?:percentage|proportion|share|per ?cent)", rf"what percentage (?:{_MORE}|{_BEYOND})", "by what percentage",
            rf"per ?cent (?:{_MORE})",
        ),
        Compares.SHARE,
    ),
    (
        phrases(
            "by how (?:many|much)", r"how many\b.{0,40}\bto be added", "how (?:many|much) percentage points",
            r"how much did\b.*\b(?:change|grow|fall|rise|increase|decrease)", "difference", "gap", "exceed",
            rf"how (?:much|many)\b.{{0,60}}(?<!or\s)(?:{_MORE})\b{_NOT_A_BOUND}.{{1,60}}\bthan", rf"how much (?:{_MORE})",
            "how many (?:more|fewer|less)",
            rf"percentage points?\b.*\b(?:{_MORE}|{_BEYOND}|than)", rf"how (?:far|much|many)\b.{{0,60}}(?<!or\s)(?:{_BEYOND})",
        ),
        Compares.DIFFERENCE,
    ),
    (phrases("ratio", "how many times", "times (?:as|more|higher|larger)"), Compares.RATIO),
    (
        phrases("combined", "altogether", "in total", "together", "(?:sum|total) of", "add(?:ed)? (?:up|together)"),
        Compares.SUM,
    ),
    (
        phrases(
            rf"(?:which|where|who)\b.{{0,60}}\b(?:{_SUPERLATIVE})",
            r"^\s*what\b.{0,40}\b(?:highest|largest|biggest|fastest)\b.{0,60}(?=\?)",
            r"which\b.{0,60}\b(?:higher|faster|more|larger|greater|bigger)",
        ),
        Compares.HIGHEST,
    ),
    (
        phrases(
            rf"which\b.{{0,60}}\b(?:{_DIMINUTIVE}|lower|slower|less|fewer|smaller)",
            r"^\s*what\b.{0,40}\b(?:lowest|smallest|slowest)\b.{0,60}(?=\?)"
        ),
        Compares.LOWEST,
    ),
    (
        phrases(
            "compare[sd]?", r"and\b.*\beach", r"how (?:did|has|have)\b.*\bchanged?",
            "comparison", "versus", "vs", "against", "differ",
            rf"(?:{_MORE}|{_BEYOND}|better|worse|slower|larger)\b{_NOT_A_BOUND}.{{0,40}}\b(?:than|or)",
            rf"^\s*(?:do|does|did|is|are|was|were|has|have) .{{1,50}}\bor\b.{{1,50}}\b(?:{_MORE}|better|worse)",
        ),
        Compares.SIDE_BY_SIDE,
    ),
)  # fmt: skip
