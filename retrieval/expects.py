"""What kind of words would answer a question in words: someone, a date, a length of time, a reason, an address.

The classes are those of answer types in question answering (Li and Roth 2002, "Learning question classifiers"), as far
as a council's documents answer them; how a question asks for each and by which words a source gives it.
"""

import re
from enum import StrEnum

from retrieval.wording import phrases


class Expects(StrEnum):
    """The kind of words that would answer."""

    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    ADDRESS = "address"
    HOW_LONG = "how_long"
    HOW_OFTEN = "how_often"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    WHY = "why"
    CONSEQUENCE = "consequence"
    DUTY = "duty"
    PURPOSE = "purpose"
    EVENT = "event"
    YES_NO = "yes_no"


_BODIES = (
    "organi[sz]ations?|bod(?:y|ies)|compan(?:y|ies)|council|councils|authorit(?:y|ies)|team|department|committee|board"
    "|agenc(?:y|ies)|partners?|partnership|officers?|person|people|group"
)
_LENGTH_UNITS = "minutes?|hours?|days?|weeks?|months?|years?"
_VERB_FIRST = (
    "is|are|was|were|do|does|did|can|could|should|must|will|would|has|have|had|may|might|am|shall|isn['’]t|aren['’]t"
    "|don['’]t|doesn['’]t|can['’]t"
)
# The first that is found counts.
_ASKED: tuple[tuple[re.Pattern[str], Expects], ...] = (
    (phrases("e-?mails?(?: address(?:es)?)?"), Expects.EMAIL),
    (phrases(r"(?:tele)?phones?(?: numbers?)?", "call (?:them|the)", "telephone", "ring"), Expects.PHONE),
    (phrases("web ?(?:site|page|address)(?:es)?", "url", "online address", "web link"), Expects.WEB),
    (phrases("post(?:al)? ?code", "postal address", "(?:office|street) address", "what(?:'s| is) the address"), Expects.ADDRESS),
    (
        phrases(
            "how (?:long|soon|quickly|fast)", rf"how many (?:working )?(?:{_LENGTH_UNITS})", r"how far (?:ahead|in advance)",
            r"(?:within|over|for) (?:what|which) (?:time|period)", "what (?:time ?limit|notice period|length of time)",
            rf"(?:in|within) how (?:many|few) (?:{_LENGTH_UNITS})", "time limit", rf"period (?:in )?(?:{_LENGTH_UNITS})",
        ),
        Expects.HOW_LONG,
    ),
    (
        phrases("how (?:often|frequently|regularly)", "how many times an? (?:year|month)", "what (?:frequency|intervals?)"),
        Expects.HOW_OFTEN,
    ),
    (
        phrases(
            r"^\s*(?:and )?when(?! it comes)",
            r"^\s*(?:and )?(?:(?:in|by|on|from|until) )?(?:what|which) (?:date|year|month|day|time|point)",
            "by when", r"^\s*(?:date|dates) of", "(?:date|dates|deadline)",
        ),
        Expects.WHEN,
    ),
    (
        phrases(
            r"^\s*(?:and )?(?:by |to |for |with |from )?who(?:m|se)?",
            rf"^\s*(?:by |to )?(?:which|what) (?:\w+ )?(?:{_BODIES})",
        ),
        Expects.WHO,
    ),
    (phrases(r"^\s*(?:and )?where"), Expects.WHERE),
    (phrases(r"^\s*(?:and )?why", "what(?:'s| is| was) the reason", "for what reason", "how come"), Expects.WHY),
    (phrases("what (?:happens|will happen|would happen) (?:if|when|where|to|unless)", "consequences?"), Expects.CONSEQUENCE),
    (phrases("what (?:has )?(?:happened|became) (?:to|with|of)"), Expects.EVENT),
    (
        phrases(
            "what (?:must|should|shall)", r"what (?:do|does|is|are)\b.{1,60}\b(?:have|need|required|expected|obliged) to",
            "(?:do|does|must|should) (?:i|we|you|anyone) (?:have|need) to", r"is it (?:mandatory|compulsory|obligatory|required)",
            r"am i (?:obliged|required)", "what has to",
        ),
        Expects.DUTY,
    ),
    (phrases(r"what\b.{1,60}\b(?:meant to|intended to|supposed to)", r"what\b.{1,60}\bfor(?=\s*\?*$)", "purpose"), Expects.PURPOSE),
    (phrases(rf"^\s*(?:and |so )?(?:{_VERB_FIRST})"), Expects.YES_NO),
)  # fmt: skip


def expects(question: str) -> Expects | None:
    """The kind of words that a question wants; None where any would do."""
    return next((kind for pattern, kind in _ASKED if pattern.search(question)), None)


_NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|eighteen|twenty|thirty|several"
    r"|few)"
)
LENGTH = re.compile(
    rf"\b(?P<number>{_NUMBER})(?:\s*(?:-|–|to|or|and)\s*{_NUMBER})?[\s-]+(?:working\s+|calendar\s+|full\s+)?"
    rf"(?P<unit>{_LENGTH_UNITS})\b",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d/])(?:\+44\s?|0)\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)")
WEB = re.compile(r"(?:https?://|www\.)[^\s,;)]+", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")
_OFTEN = re.compile(
    r"\b(?:annual(?:ly)?|yearly|(?:bi-?|half[- ]?)?(?:monthly|annually|yearly|annual|weekly)|fortnight(?:ly)?|quarterly"
    r"|weekly|daily|every|each\s+(?:year|month|quarter|week)|(?:per|a)\s+(?:year|month|annum|quarter|week)|once|twice"
    r"|regular(?:ly)?|six-monthly|ongoing|rolling)\b",
    re.IGNORECASE,
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# A year in brackets or behind a name ("Review (2021)", "Local Plan 2022-2040") dates that paper, and nothing else.
_YEAR = (
    r"\b(?:in|on|by|since|from|until|during|between|before|after|of|for|to|and|early|late|mid|dated?|the|is|was|year|through)"
    r"[\s-]+(?:\w+\s+){0,2}?(?:19|20)\d\d(?!\w)"
)
_DATED = rf"{_YEAR}|\b(?:{_MONTH})\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\b"
_WHEN = re.compile(
    rf"{_DATED}|\b(?:when|once|as soon as|before|after|until|following|prior to|at the (?:start|end)|by the end|upon|during)\b"
)
_DATE = re.compile(_DATED)
_BECAUSE = re.compile(
    r"\b(?:because|due to|in order to|so that|so as to|therefore|as a result|result(?:s|ed)? (?:of|from)|in response to"
    r"|owing to|reflects?|reason|since|given|to (?:ensure|enable|allow|help|provide|avoid|protect|support|make)|intended"
    r"|purpose|aim(?:s|ed)?|as (?:it|they|the|this)|for example|will help)\b",
    re.IGNORECASE,
)
_SOMEONE = re.compile(
    r"(?<=[a-z,;(] )[A-Z][A-Za-z]+|\b[A-Z]{2,6}\b|\b(?:council|developers?|applicants?|owners?|landowners?|officers?|team"
    r"|partnership|authorit(?:y|ies)|board|committee|inspectors?|group|manager|director|members?|councillors?|agency|users?"
    r"|occupiers?|residents?|businesses|employers?|provider|college|school|university|forum|department|leader|mayor"
    r"|secretary|consultants?|contractors?|person|people|chamber|partners?)\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:if|where|when|unless|without|should|failure|fail(?:s|ed)?|in the event|otherwise|result)\b", re.IGNORECASE
)
_OUGHT = re.compile(
    r"\b(?:must|should|shall|will|required|requires?|requirement|obliged?|obligation|mandatory|need(?:s|ed)?|have to|has to"
    r"|expected|compulsory|responsib\w+)\b",
    re.IGNORECASE,
)
_SOMEWHERE = re.compile(
    r"\b(?:at|in|on|near|along|from|online|to|within|via|through|between|outside|adjacent)\b|https?://|www\.",
    re.IGNORECASE,
)

# Characters: lines of an address block are shorter than those of running text.
_SHORT_LINE = 40
_HELD: dict[Expects, re.Pattern[str]] = {
    Expects.EMAIL: EMAIL,
    Expects.PHONE: PHONE,
    Expects.WEB: WEB,
    Expects.ADDRESS: _POSTCODE,
    Expects.HOW_LONG: LENGTH,
    Expects.HOW_OFTEN: _OFTEN,
    Expects.WHEN: _WHEN,
    Expects.WHO: _SOMEONE,
    Expects.WHERE: _SOMEWHERE,
    Expects.WHY: _BECAUSE,
    Expects.PURPOSE: _BECAUSE,
    Expects.CONSEQUENCE: _IF,
    Expects.DUTY: _OUGHT,
}
# Where a sentence holds none of the words expected, it is no answer at all.
STRICT = frozenset(
    {
        Expects.EMAIL,
        Expects.PHONE,
        Expects.WEB,
        Expects.ADDRESS,
        Expects.HOW_LONG,
        Expects.HOW_OFTEN,
        Expects.WHEN,
        Expects.WHO,
        Expects.CONSEQUENCE,
    }
)
# A sentence answers these before any figure does.
IN_WORDS = frozenset(kind for kind in Expects if kind not in (Expects.WHEN, Expects.YES_NO))
CONTACT = frozenset({Expects.EMAIL, Expects.PHONE, Expects.WEB, Expects.ADDRESS})
# Words of such a question that name what is expected, and nothing that the source need say.
NAMES_IT: dict[Expects, re.Pattern[str]] = {
    Expects.EMAIL: phrases("e-?mails?", "address(?:es)?", "contact", "write", "ask", "answers?", "questions?", "reach"),
    Expects.PHONE: phrases("(?:tele)?phones?", "telephone", "numbers?", "call", "ring", "contact", "ask", "reach"),
    Expects.WEB: phrases("web ?(?:sites?|pages?|address(?:es)?)", "web", "url", "link", "online", "address", "site", "page"),
    Expects.ADDRESS: phrases("address(?:es)?", "postal", "post ?code", "office", "street", "code", "post"),
    Expects.WHEN: phrases("dates?", "deadline", "time", "year", "month", "day"),
    Expects.HOW_LONG: phrases(rf"(?:{_LENGTH_UNITS})", "period", "time", "limit", "take", "takes", "last", "lasts"),
    Expects.HOW_OFTEN: phrases("frequency", "often", "frequently", "regularly"),
    Expects.WHY: phrases("reason"),
}  # fmt: skip


def holds(text: str, expected: Expects | None, question: str = "") -> bool:
    """Whether a text holds words of the kind expected; a kind without words of its own is held by any.

    question: whoever it names itself is no answer to who does something.
    """
    pattern = _HELD.get(expected) if expected is not None else None
    if pattern is None or expected is not Expects.WHO:
        return pattern is None or pattern.search(text) is not None
    named = {w.lower() for w in re.findall(r"\w+", question)}
    return any(m[0].lower() not in named for m in pattern.finditer(text))


def dated(text: str) -> bool:
    """Whether a text states a date rather than an occasion ("once the plan is adopted")."""
    return _DATE.search(text) is not None


def narrowed(text: str, expected: Expects | None) -> tuple[int, int] | None:
    """The line of a text that holds what is expected, where the text is lines rather than sentences; else None."""
    pattern = _HELD.get(expected) if expected in CONTACT and expected is not Expects.ADDRESS else None
    found = pattern.search(text) if pattern is not None else None
    if found is None or text.count("\n") < 2 or len(text) / text.count("\n") > _SHORT_LINE:
        return None
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return start, len(text) if end < 0 else end
