"""What a quantity measures, in the source's own words.

The measure is looked for where English puts it: behind "of" after a share, in the noun behind a count, in the noun
before "of", "is" or "=", or in the words before a bracket.
"""

import re

from corpus.period import read_periods
from corpus.quantity import Quantity

# Words that by themselves name no measure.
_EMPTY = frozenset(
    """a an the very high low higher lower large small average proportion share rate level number percentage total figure
    around only just its their of by is was at and currently with from to in on or it this there has have had been be are
    were respectively approximately about nearly over as ie for that which who x per away""".split()
)
_CHANGE = frozenset("reduction increase decrease decline growth rise fall change".split())
_LEAD = re.compile(
    r"^(?:(?:and|but|or|so|also|however|therefore|as a result|as an example|in addition(?: to this)?|in particular"
    r"|in relation to \w+|to compare|as a comparison|compared? (?:to|with) [^,]+|due to [^,]+|with|an?|the|its|their"
    r"|there (?:is|are|was|were|has been|have been)|lower|higher|less|more|of|by|that|which|has|have|had|only|average of|at|on"
    r"|including|(?:high|low|very high|very low) levels? of|(?:reflected|shown|seen|evidenced|demonstrated) (?:in|by)"
    r"|worth noting|ie|i\.e)(?=[\s,]|$)[\s,]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]*\b(?:(?:at|with|on)\s+(?:an\s+)?average|and|or|but|of|by|to|at|is|are|was|were|be|been|being|in|with|a|an|the|has|have|had|from|for|than"
    r"|compared|since|over|between|on|as|stands?|stood|reach(?:ed|ing)?|approximately|about|around|only|just|ie|i\.e"
    r"|lower|higher|whereof|of which|from x|respectively|equal(?:s|led)?)|\s*[,=:(])+\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?:is|are|was|were|has|have|had|will|would|could|can|should|shows?|showed|stood"
    r"|stands?|became|saw|makes?|made|means?|meant)\b",
    re.IGNORECASE,
)
_SHARE_VERB = re.compile(
    r"(?P<subject>.+?)\s+(?:makes?\s+up|accounts?\s+for|represents?|comprises?|constitutes?|forms?)\s+\S*\s*$",
    re.IGNORECASE,
)
_STOP_AFTER = re.compile(
    r"[,;:()]|\s[–—]\s|\.\s|\.$|\b(?:compared|while|whereas|although|but|because|due|resulting|with the|by 20\d\d|over the"
    r"|and will|in order|to ensure|and have been|and is|and has|and able|whereof|ie|i\.e|and (?:an? )?(?:annual|average))\b",
    re.IGNORECASE,
)
_COMPARED_LEAD = re.compile(
    r"^(?:(?:lower|higher|less|more|greater|fewer)[\s-]+)?(?:than|below|above|compared (?:to|with))[\s-]+(?:the\s+)?[A-Z][\w'’]*"
    r"(?:\s+[A-Z][\w'’]*)*[\s-]*(?:average\s+(?:of|in)\s+)?"
)
_HYPHENED = re.compile(
    r"^(?:lower|higher|less|more|better|worse)-than-[\w-]+\s+(?:average\s+)?(?:of\s+|in\s+)?", re.IGNORECASE
)
_BY_WHOM = re.compile(
    r"^(?:(?:yearly|annually|each year|a year|per year|per annum)\s+)?(?:by|for|from|through)\s+(?:the\s+)?[A-Z]"
)
_TIMES = ("hours", "minutes", "days", "weeks", "months", "years", "miles", "km")


def measure_of(
    text: str,
    quantities: list[Quantity],
    i: int,
    stem: str | None,
    clauses: list[tuple[int, int]],
    previous: str | None,
) -> str:
    """The measure of ``quantities[i]`` in the sentence ``text``; empty where its own words say nothing of it.

    previous: the measure of the quantity before it, which "and 500 by the Growth Hub" continues.
    """
    quantity = quantities[i]
    begin = quantities[i - 1].end if i else 0
    finish = quantities[i + 1].start if i + 1 < len(quantities) else len(text)
    clause_start = max((s for s, _ in clauses if s <= quantity.start), default=0)
    before = text[max(begin, clause_start) : quantity.start]
    after = text[quantity.end : finish]
    opened = text.rfind("(", 0, quantity.start)
    if opened >= 0 and text.find(")", opened, quantity.start) < 0:
        outer = max((q.end for q in quantities[:i] if q.end < opened), default=0)
        measure = _in_brackets(text, quantity, opened, outer, max(begin, opened + 1), finish)
    else:
        measure = _in_sentence(text, quantity, before, after, previous)
    if stem and (not measure or (_open(stem) and not text[quantity.end :].strip(" ;.)"))):
        measure = f"{_tidy(stem)}: {measure}" if measure else _tidy(stem)
    return _changed(_without_period(measure), before)


_CHANGING = re.compile(
    r"^(?:to\s+)?(?P<verb>increas|rais|grow|boost|improv|expand|reduc|cut|lower|decreas)(?:e|es|ed|ing|s)?\s+(?:(?:in|of)\s+)?(?:the\s+)?"
    r"(?:(?:number|level|share|proportion|percentage|amount)s?\s+of\s+)?(?=\w)",
    re.IGNORECASE,
)
_REDUCING = ("reduc", "cut", "lower", "decreas")


def _changed(measure: str, before: str) -> str:
    """ "Increase business starts from 11% to 13%" measures business starts; "… by 20%" measures the increase in them."""
    match = _CHANGING.match(measure)
    if match is None or len(measure) - match.end() < 4:
        return measure
    rest = measure[match.end() :]
    if re.search(r"\b(?:to|from)\s+(?:\w{1,3}\s+\()?\S{0,12}$", before):
        return rest
    if re.search(r"\bby\s+\S{0,12}$", before):
        return f"{'reduction' if match['verb'].lower() in _REDUCING else 'increase'} in {rest}"
    return measure


def _open(stem: str) -> bool:
    """A stem such as "employment growth since 2015 in", whose sentence the bullet completes."""
    return bool(re.search(r"\b(?:in|of|by|for|from)$", stem))


def _in_brackets(text: str, quantity: Quantity, opened: int, outer: int, begin: int, finish: int) -> str:
    """ "Income in 2020 (£30,666)" measures what stands before the bracket; "(LQ = 3.1 and …)" names it inside."""
    closed = text.find(")", quantity.end)
    inside_after = text[quantity.end : min(finish, closed if closed >= 0 else len(text))]
    host = _noun_phrase_before(text[outer:opened])
    named = _tidy(text[begin : quantity.start]) or _tidy(_until_stop(inside_after))
    if _names(named, change=True) and len(named.split()) <= 8:
        return f"{host}: {named}" if _names(host) else named
    behind = _until_stop(text[closed + 1 :]) if closed >= 0 else ""
    if not _names(host) and behind.strip():
        return " ".join(behind.split())
    return host


def _in_sentence(text: str, quantity: Quantity, before: str, after: str, previous: str | None) -> str:
    share = _SHARE_VERB.search(before)
    of = re.match(r"\s*of\s+", after)
    if share:
        subject = _tidy(re.split(r"\bwith\s+", share["subject"])[-1])
        whole = _tidy(_until_stop(after[of.end() :])) if of else ""
        return f"{subject}, as a share of {whole}" if whole else subject
    if of:
        phrase = _tidy(_until_stop(after[of.end() :]))
        lead = _noun_phrase_before(before)
        if phrase and (quantity.unit in ("percent", "count") or not _names(lead)):
            return phrase
        return f"{phrase}, {lead}" if _names(lead) and phrase else lead or phrase
    noun = _tidy(_until_stop(after))
    if previous and _BY_WHOM.match(after.strip()):
        return _tidy(f"{re.split(r' by ', previous)[0]} {re.sub(r'^(?:yearly|annually)', '', noun).strip()}")
    preceding = re.search(
        r"\b(?:of|is|was|are|were|=|at|to|by|from|stood at|reached|averag\w+)\s*$", before, re.IGNORECASE
    )
    if (
        quantity.unit == "count"
        and _names(noun)
        and not _joins(after)
        and not (preceding and _names(_noun_phrase_before(before)) and preceding[0].strip() in ("is", "was", "="))
    ):
        return noun
    if quantity.unit in _TIMES and _names(noun) and not preceding:
        subject = _subject_before(before)
        return f"{subject} {noun}" if _names(subject) and not _names(noun) else noun
    head = _noun_phrase_before(before)
    if quantity.unit == "percent" and noun and not _joins(after) and not (preceding and _names(head)):
        if _names(noun):
            return noun
        return f"{head}: {noun}" if _names(head) else noun
    if not _names(head):
        wider = _noun_phrase_before(
            re.sub(r",?\s*(?:with\s+)?an?\s+[\w-]+\s+(?:of|by)\s*$", "", text[: quantity.start])
        )
        change = head if set(head.lower().split()) & _CHANGE else ""
        return f"{wider}, {change}" if change and change not in wider and _names(wider) else wider
    return head


_GOES_ON = re.compile(
    r"\s*(?:and|or|in|over|by|for|to|from|since|between|compared|than|on|at|as|respectively|per|is|was|are|were|will|which"
    r"|more|less|higher|lower)\b|\s*$|\s*[.,;:)]",
    re.IGNORECASE,
)


def _joins(after: str) -> bool:
    """What follows is not the noun counted but the sentence going on."""
    return _GOES_ON.match(after) is not None


def _noun_phrase_before(text: str) -> str:
    """The words back to the last verb, comma or bracket that parts them from the rest."""
    text = re.sub(r"\([^()]*\)", " ", text)
    text = _TAIL.sub("", text.rstrip())
    cut = 0
    for match in re.finditer(r"[;:()]|,\s|\s[–—]\s", text):
        cut = match.end()
    phrase = text[cut:]
    verbs = list(_VERB.finditer(phrase))
    if verbs:
        tail = phrase[verbs[-1].end() :]
        if _names(_tidy(tail)) and not re.fullmatch(r"(?:\s*(?:\w+(?:ing|ed)|and|by|at))+\s*", tail):
            return _tidy(
                re.split(r"\bwith\s+(?!only\b|no\b|[A-Z]{2,}\d)", tail)[-1]
                if re.search(r"\bwith\s+(?:an?|high|low|the)\b", tail)
                else tail
            )
        return _subject_before(phrase)
    if " and " in phrase and re.match(r"\s*of\b", phrase):
        phrase = phrase.rsplit(" and ", 1)[1]
    if re.search(r"\bwith\s+(?:an?|the|high|low)\b", phrase):
        phrase = re.split(r"\bwith\s+", phrase)[-1]
    return _tidy(phrase)


def _subject_before(text: str) -> str:
    """The subject of the last verb: the words between it and the verb before."""
    text = re.sub(r"\([^()]*\)", " ", text)
    verbs = list(_VERB.finditer(text))
    if not verbs:
        return _tidy(text)
    begin = verbs[-2].end() if len(verbs) > 1 else 0
    return _tidy(text[begin : verbs[-1].start()])


def _until_stop(text: str) -> str:
    match = _STOP_AFTER.search(text)
    return text[: match.start()] if match else text


def _names(phrase: str, *, change: bool = False) -> bool:
    """Whether a phrase names something, beyond words such as "a very high proportion"."""
    words = re.findall(r"[A-Za-z]+\d*", phrase.lower())
    return any(w not in _EMPTY and (change or w not in _CHANGE) for w in words)


def _without_period(measure: str) -> str:
    """The measure without a year in it, which is the figure's period."""
    for period in reversed(read_periods(measure)):
        if period.first is not None and not measure[period.end :].strip(" ,."):
            measure = measure[: period.start]
    return _TAIL.sub("", measure.strip(" ,")).strip(" ,")


def _tidy(phrase: str) -> str:
    phrase = " ".join(phrase.split()).strip(" ,;:.()[]=–—-")
    for _ in range(2):
        phrase = _TAIL.sub("", phrase)
        phrase = _LEAD.sub("", phrase).strip(" ,;:.()[]=–—")
        phrase = _HYPHENED.sub("", _COMPARED_LEAD.sub("", phrase))
    return phrase.strip()
