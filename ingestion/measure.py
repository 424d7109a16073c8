"""What a quantity measures, in the source's own words.

The measure is looked for where English puts it: behind "of" after a share, in the noun behind a count, in the noun
before "of", "is" or "=", or in the words before a bracket.
"""

import re
from collections.abc import Sequence

from corpus.period import read_periods
from corpus.quantity import Quantity

# Words that by themselves name no measure.
_EMPTY = frozenset(
    """a an the very high low higher lower large small average proportion share rate level number percentage total figure
    around only just its their of by is was at and currently with from to in on or it this there has have had been be are
    were respectively approximately about nearly over as ie for that which who x per away up down further some most
    it he she they them these those this both each all risen fallen grown gone rose fell grew compared""".split()
)
_CHANGE = frozenset("reduction increase decrease decline growth rise fall change".split())
_LEAD = re.compile(
    r"^(?:(?:and|but|or|so|also|whereas|however|therefore|as a result|as an example|in addition(?: to this)?|in particular"
    r"|in relation to \w+|to compare|as a comparison|compared? (?:to|with) [^,]+|due to [^,]+|with|an?|the|its|their"
    r"|there (?:is|are|was|were|has been|have been)|lower|higher|less|more|of|by|that|which|has|have|had|only|average of|at|on"
    r"|including|followed by|made up of|we (?:will|aim to|plan to|want to|expect to|intend to|seek to)"
    r"|(?:the council|partners) (?:will|aims? to|plans? to)"
    r"|(?:the )?(?:council|board|partnership|borough|we) wants?(?= (?:the|our|its)\b)"
    r"|(?:high|low|very high|very low) levels? of|(?:reflected|shown|seen|evidenced|demonstrated) (?:in|by)"
    r"|worth noting|ie|i\.e)(?=[\s,]|$)[\s,]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]*\b(?:(?:at|with|on)\s+(?:an\s+)?average|and|or|but|of|by|to|at|is|are|was|were|be|been|being|in|with|a|an|the|has|have|had|from|for|than"
    r"|compared|since|(?<!\d and )(?<!\d or )over|between|on|as|averag(?:e|es|ed|ing)|baseline|targets?|against"
    r"|stands?|stood|reach(?:ed|ing)?|approximately|about|around|only|just|ie|i\.e"
    r"|lower|higher|whereof|of which|from x|respectively|equal(?:s|led)?)|\s*[,=:(])+\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?:is|are|was|were|has|have|had|will|would|could|can|should|shows?|showed|stood"
    r"|stands?|became|saw|makes?|made|means?|meant|recorded|generated|welcomed|attracted|received|allocates?|brings?|brought"
    r"|pays?(?= for)|paid(?= for)"
    r"|var(?:y|ies)|ranges?|differs?|employs?|employed|provides?|reports?|reported|identif(?:y|ies|ied)|remains?|earned|earns?|achieved|reached)\b",
    re.IGNORECASE,
)
_SHARE_VERB = re.compile(
    r"(?P<subject>.+?)\s+(?:makes?\s+up|made\s+up|account(?:s|ed)?\s+for|accounting\s+for|represents?|representing|comprises?|constitutes?|forms?)"
    r"\s+\S*\s*$",
    re.IGNORECASE,
)
# "Employment in transport has risen by": what changes, and how.
_MOVED = re.compile(
    r"(?P<subject>.+?)\s+(?:(?:has|have|had|is|are|was|were|will|is\s+projected\s+to|are\s+projected\s+to|is\s+expected\s+to"
    r"|are\s+expected\s+to|is\s+set\s+to|be|been|being)\s+)*"
    r"(?:\w+ly\s+)?(?P<verb>rose|risen|rise|rising|increas(?:ed|e|es|ing)|gr(?:ew|own|ow|ows|owing)|climb(?:ed|s)?|f(?:ell|allen|all|alls|alling)"
    r"|declin(?:ed|e|es|ing)|dropp?(?:ed|s|ing)?|decreas(?:ed|e|es|ing)|reduc(?:ed|e|es|ing)|shr[aiu]nk(?:s|ing)?|improv(?:ed|e|es|ing)"
    r"|expand(?:ed|s|ing)?|contract(?:ed|s|ing)?)(?:\s+\w+ly)?\s*(?P<how>by|to|from)?\s*(?:just|only|around|about|nearly)?\s*$",
    re.IGNORECASE,
)
_UPWARDS = re.compile(r"ros|ris|increas|gr|climb|improv|expand", re.IGNORECASE)
# "GVA per hour, the best measure of productivity, was": words between commas that only explain the subject.
_APPOSITION = re.compile(
    r",\s(?:the|an?|which|who|where\w*|excluding|including|not|although|though|such\s+as|measured|as)\b[^,;()]{2,90},\s"
    r"(?=(?:is|are|was|were|has|have|had|stood|stands|earned|fell|rose|grew|reached|remains?|accounts?|averaged?)\b)",
    re.IGNORECASE,
)
# "£14.62 for those who live in the city and £15.31 for those who work in it": whose figure each is.
_OF_WHOM = re.compile(
    r"^\s+(?:for|among)\s+(?=(?:those|people|residents|men|women|workers|employees|full|part|all|young|older|households|families|businesses"
    r"|firms|jobs|adults|children|boys|girls|tenants|owners?|private|social|council|pupils|students)\b)",
    re.IGNORECASE,
)
# What is said of those that a share or a number counts: "88.5% are micro businesses", "only 25 employ 250 people or more".
_SAID_OF = re.compile(
    r"^\s+(?:of\s+(?:them|these|those|which|whom)\s+)?(?P<verb>are|were|is|was|have|had|has|do|did|can|could|felt|feel|feels|said|say|think|thought|work"
    r"|works|worked|live|lives|lived|employ|employs|use|used|own|rent|travel|travelled|hold|lack|agree|agreed|report|reported|want"
    r"|wanted|receive|received|come|comes|came|go|goes|pay|commute|visit|visited|rated|cited)\b",
    re.IGNORECASE,
)
# "£9.8 million of grant, £5 million of borrowing": what stands before the second sum is what the first is of.
_PART_OF_SUM = re.compile(r"^\s+of\s+[^,;:()]+,?\s*(?:and\s*)?$")
# "386 units, of which 57, or 14.8%, were vacant": what is said of a part of what the figure before counts.
_OF_WHICH = re.compile(
    r"[,;(]?\s*of\s+(?:which|whom|these|those|them)\s*,?\s*(?:\d[\d,.]*%?\s*,?\s*or\s*)?$", re.IGNORECASE
)
_PREDICATE = re.compile(
    r"^\s*(?:,?\s*or\s+[\d,.]+\s?%?)?\s*,?\s*(?:(?:are|were|is|was|have\s+been|had\s+been)\s+)?", re.IGNORECASE
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
    begin = _begin(text, quantities, i)
    finish = quantities[i + 1].start if i + 1 < len(quantities) else len(text)
    clause_start = max((s for s, _ in clauses if s <= quantity.start), default=0)
    before = _APPOSITION.sub(" ", text[max(begin, clause_start) : quantity.start])
    after = text[quantity.end : finish]
    if finish < len(text):
        after = _WITH_ANOTHER.sub("", after)
    opened = text.rfind("(", 0, quantity.start)
    if opened >= 0 and text.find(")", opened, quantity.start) < 0:
        outer = max((q.end for q in quantities[:i] if q.end < opened), default=0)
        measure = _in_brackets(text, quantity, opened, outer, max(begin, opened + 1), finish, quantities[i + 1 :])
        if previous and (host := _COMPARED_HOST.match(measure)):
            measure = ", ".join(filter(None, (host["of"] or host["also"], previous.rsplit(", ", 1)[-1])))
        elif previous and measure and previous.lower().startswith(measure.lower()):
            measure = previous
        elif (most := _WITH_MOST.search(text[:opened])) and _names(what := _without_period(_tidy(most["what"]))):
            measure = f"{what}: {measure}"
    else:
        measure = _in_sentence(text, quantity, before, after, previous, quantities[i + 1 :])
    if stem and (not measure or (_open(stem) and not text[quantity.end :].strip(" ;.)"))):
        measure = f"{_tidy(stem)}: {measure}" if measure else _tidy(stem)
    return _changed(_without_period(measure), before)


def _begin(text: str, quantities: list[Quantity], i: int) -> int:
    """Where the words before a quantity begin: behind the one before it, unless that only says in brackets how large a
    firm is: "micro businesses (10 or less employees) shrank by 1.8%"."""
    while i and _SIZE.match(text, quantities[i - 1].end) and "(" in text[: quantities[i - 1].start][-3:]:
        i -= 1
    return quantities[i - 1].end if i else 0


_SIZE = re.compile(r"(?:\s+or\s+(?:less|fewer|more))?\s+(?:employees|staff|workers)\s*\)", re.IGNORECASE)
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


# "41,000 jobs in Anytown with a job density of 0.67": what the next figure measures says nothing of this one.
_WITH_ANOTHER = re.compile(r"\s+with\s+an?\s+(?:[\w-]+\s+){1,4}of\s+$", re.IGNORECASE)


def _open(stem: str) -> bool:
    """A stem such as "employment growth since 2015 in", whose sentence the bullet completes."""
    return bool(re.search(r"\b(?:in|of|by|for|from)$", stem))


def _in_brackets(
    text: str, quantity: Quantity, opened: int, outer: int, begin: int, finish: int, following: Sequence[Quantity]
) -> str:
    """ "Income in 2020 (£30,666)" measures what stands before the bracket; "(LQ = 3.1 and …)" names it inside."""
    closed = text.find(")", quantity.end)
    inside_after = text[quantity.end : min(finish, closed if closed >= 0 else len(text))]
    host = _noun_phrase_before(text[outer:opened])
    named = _tidy(text[begin : quantity.start]) or _tidy(_until_stop(inside_after))
    if _names(named, change=True) and len(named.split()) <= 8:
        return f"{host}: {named}" if _names(host) else named
    behind = _until_stop(text[closed + 1 : _next_of_list(text, quantity, following)]) if closed >= 0 else ""
    if not _names(host) and behind.strip():
        said = _SAID_OF.match(behind)
        if said and said["verb"].lower() in ("are", "were", "is", "was"):
            behind = behind[said.end() :]
        noun = _BARE_NOUN.search(text[outer:opened])
        behind = _tidy_end(behind)
        return f"{noun['noun']} {behind}" if noun and re.match(r"(?:that|which|who)\b", behind) else behind
    return host


# "The occupations with the largest number of job adverts were nurses (1,240), carers (980)": what the brackets count.
_WITH_MOST = re.compile(
    r"\bwith\s+the\s+(?:largest|highest|greatest|most|biggest|lowest|smallest|fewest)\s+"
    r"(?:(?:number|share|proportion|level|amount|volume|rate)s?\s+of\s+)?(?P<what>[^,;:()]+?)\s+(?:is|are|was|were)\s",
    re.IGNORECASE,
)
# "A very high proportion (over 90%) that have …": the noun that the words behind the bracket go with.
_BARE_NOUN = re.compile(r"\b(?P<noun>proportion|share|percentage|number)\s*$", re.IGNORECASE)


def _of_so_many(text: str, quantity: Quantity, of: re.Match[str]) -> str:
    """ "57 of the 2,900 homes", "seven of the borough's 71 parishes": what the number is out of, without how many those are."""
    return _SO_MANY.sub("", _tidy_end(_until_stop(_unbroken(text[quantity.end + of.end() :]))))


_SO_MANY = re.compile(r"^(?:the\s+|its\s+|all\s+|our\s+)?\d[\d,.]*\s+(?=[a-z])", re.IGNORECASE)


def _next_of_list(text: str, quantity: Quantity, following: Sequence[Quantity]) -> int:
    """Where the next figure begins that is one beside this one ("83% are worried and 62% think …"); else the text's end."""
    for other in following:
        if re.search(r"(?:,|;|\band|\bwhile|\bbut)\s*$", text[quantity.end : other.start]):
            return other.start
    return len(text)


def _in_sentence(
    text: str, quantity: Quantity, before: str, after: str, previous: str | None, following: Sequence[Quantity] = ()
) -> str:
    share = _SHARE_VERB.search(before)
    of = re.match(r"\s*of\s+", after)
    moved = _MOVED.search(re.split(r"[;:]\s", before)[-1])
    if moved and (subject := _without_aside(moved["subject"])) and (_names(subject) or previous):
        subject = subject if _names(subject) else previous or ""
        if (moved["how"] or "").lower() in ("to", "from") or quantity.unit not in (
            "percent",
            "percentage_points",
            "count",
            "gbp",
        ):
            return subject
        return f"{subject}, {'rise' if _UPWARDS.match(moved['verb']) else 'fall'}"
    changed = re.search(rf"\b(?P<what>{'|'.join(sorted(_CHANGE))}|drop|gap|difference)\s+of\s*$", before, re.IGNORECASE)
    if changed:
        head = _without_period(_noun_phrase_before(before[: changed.start()]))
        head = head if _names(head) and not re.fullmatch(r"(?:\w+ ){0,2}", head) else ""
        return f"{head or previous}, {changed['what'].lower()}" if head or previous else changed["what"].lower()
    beside = quantity.unit == "percentage_points" or (quantity.unit == "percent" and _MORE_OR_LESS.match(after))
    if beside and previous and (more := " ".join(_until_stop(after).split())):
        return f"{previous}, {more}"
    earned = re.search(
        r"(?P<subject>.+?)\s+(?:can\s+)?earn(?:ed|s|t)?\s+(?:an?\s+)?(?P<mean>median|mean|average)?(?:\s+of)?\s*$",
        before,
        re.IGNORECASE,
    )
    if earned and quantity.unit == "gbp" and _names(subject := _without_aside(earned["subject"])):
        return f"{subject}, {' '.join(filter(None, (earned['mean'], 'earnings')))}"
    costs = re.search(r"(?P<subject>.+?)\s+(?:would|will|could|to)\s+cost\s+(?:an?\s+)?$", before, re.IGNORECASE)
    if costs and quantity.unit == "gbp" and _names(subject := _without_aside(costs["subject"])):
        return f"{subject}, cost"
    if (whose := _OF_WHOM.match(after)) and (named := _tidy_end(_until_stop(after[whose.end() :]))):
        whole = "" if _OF_WHOM.match(before) else _without_period(_noun_phrase_before(before))
        whole = whole if _names(whole) else re.split(r": (?=those|the )", previous or "")[0]
        whole = re.split(r"\s(?:that|those)\s+for\b", whole)[0]
        if _names(whole):
            return f"{whole}: {named}"
    if share:
        subject = _tidy(re.split(r"\bwith\s+", share["subject"])[-1])
        subject = re.split(r"\s+(?:is|was|are|were)\s", subject)[0] if "," in share["subject"] else subject
        whole = (_tidy(_until_stop(after[of.end() :])) or _of_so_many(text, quantity, of)) if of else ""
        return f"{subject}, as a share of {whole}" if whole else subject
    if of:
        phrase = _tidy(_until_stop(after[of.end() :]))
        if re.search(r"[’']s?$", phrase) or not phrase:  # "seven of the borough's 71 neighbourhoods"
            phrase = _of_so_many(text, quantity, of)
            owner = _tidy(before) if quantity.unit == "count" else ""
            if phrase and _SO_MANY.match(text[quantity.end + of.end() :]) and _names(owner):
                return f"{phrase}: {owner}"  # "The Council owns 57 of the 2,900 homes"
        lead = "" if _PART_OF_SUM.match(before) else _noun_phrase_before(before)
        if phrase and (quantity.unit in ("percent", "count") or not _names(lead)):
            return phrase
        return f"{phrase}, {lead}" if _names(lead) and phrase else lead or phrase
    given = re.match(
        r"\s+(?:(?:is|was|will\s+be)\s+(?=for\b)|(?:comes?|came|goes|went|go)\s+(?=from\b|to\b|towards\b)|(?=for\s+[A-Z]))",
        after,
    )
    if given and quantity.unit == "gbp" and (purpose := _tidy_end(_until_stop(after[given.end() :]))):
        whole = (
            re.split(r": for\b|: to\b", previous or "")[0] if re.match(r"\s*(?:,|and|of which|with)", before) else ""
        )
        return f"{whole}: {purpose}" if whole else purpose
    if (of_which := _OF_WHICH.search(before)) and quantity.unit in ("percent", "count"):
        told = _PREDICATE.sub("", text[quantity.end :])
        whole = _noun_phrase_before(before[: of_which.start()]) or previous or ""
        if _names(whole) and _names(part := _tidy_end(_until_stop(_unbroken(told)))):
            return f"{whole}: {part}"
    if (said := _SAID_OF.match(after)) and quantity.unit in ("percent", "count"):
        verb = said["verb"].lower()
        told = text[: _next_of_list(text, quantity, following)]
        predicate = told[quantity.end + (said.end() if verb in ("are", "were", "is", "was") else said.start("verb")) :]
        if _names(phrase := _tidy_end(_until_stop(_unbroken(predicate)))):
            return phrase
    noun = _with_what_is_said(_tidy(_until_stop(after)), text[quantity.end :], quantity)
    if quantity.unit == "times" and noun:
        return f"{previous}, times {noun}" if previous else noun
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
        lead = re.sub(r",?\s*(?:with\s+)?an?\s+[\w-]+\s+(?:of|by)\s*$", "", text[: quantity.start])
        wider = previous or _noun_phrase_before(lead)
        change = head if set(head.lower().split()) & _CHANGE else ""
        return f"{wider}, {change}" if change and change not in wider and _names(wider) else wider
    return head


# "Below the county (£655 for residents)" says against what it stands; what it measures is said before.
_COMPARED_HOST = re.compile(
    r"^(?:below|above|lower|higher|less|more|than|compared)\b[^:]*?(?:: (?:for|of|in) (?P<of>.+))?$"
    r"|^[A-Z][\w ]*: (?:for|of) (?P<also>.+)$"
)
_MORE_OR_LESS = re.compile(
    r"\s+(?:more|fewer|less|higher|lower|above|below|up|down|greater|larger|smaller)\b", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\s*(?:an?\s+(?:year|week|month|day|hour)|each\s+(?:year|week|month)|annually|yearly|and|or|in|over|by|for|to|from|since|between|compared|than|on|at|as|respectively|per|is|was|are|were|will|which"
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


def _with_what_is_said(noun: str, after: str, quantity: Quantity) -> str:
    """ "One in five children (21%) live in low income families": the noun counted with what is said of it."""
    noun = re.split(r"\s(?:are|is|were|was)\s+(?:among|in|at|within|on)\b", noun)[0]
    aside = re.match(r"\s+[\w\s’'-]{3,50}\([^()]{1,30}\)", after)
    said = _SAID_OF.match(after[aside.end() :]) if aside else None
    if aside is None or said is None or quantity.unit not in ("percent", "count") or not _names(noun):
        return noun
    return f"{noun} {_tidy_end(_until_stop(after[aside.end() :]))}"


def _without_aside(subject: str) -> str:
    """A subject without what leads up to it: "In the year to March, employment in transport"."""
    for period in read_periods(subject):
        if not subject[: period.start].strip():
            subject = subject[period.end :]
            break
    return _tidy(re.split(r",\s(?!and\b)|\b(?:while|whereas|although|but|and)\s+(?=the\b)", subject)[-1])


def _unbroken(text: str) -> str:
    """The text with the thousands commas and brackets inside it kept from ending a phrase."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def _tidy_end(phrase: str) -> str:
    """A phrase without the words at its end that lead on to something else."""
    return _TAIL.sub("", " ".join(phrase.split()).strip(" ,;:.()[]=–—")).strip()


def _subject_before(text: str) -> str:
    """The subject of the last verb: the words between it and the verb before."""
    text = re.sub(r"\([^()]*\)", " ", text)
    verbs = list(_VERB.finditer(text))
    if not verbs:
        return _tidy(text)
    first = len(verbs) - 1
    while first and re.fullmatch(
        r"\s*(?:\w+ly\s+|not\s+|been\s+|be\s+)?", text[verbs[first - 1].end() : verbs[first].start()]
    ):
        first -= 1  # "would cost", "has been" are one verb
    begin = verbs[first - 1].end() if first else 0
    return _tidy(text[begin : verbs[first].start()])


def _until_stop(text: str) -> str:
    match = _STOP_AFTER.search(text)
    return text[: match.start()] if match else text


def _names(phrase: str, *, change: bool = False) -> bool:
    """Whether a phrase names something, beyond words such as "a very high proportion"."""
    words = re.findall(r"[A-Za-z]+\d*", phrase.lower())
    return any(w not in _EMPTY and (change or w not in _CHANGE) and not w.endswith("ly") for w in words)


def _without_period(measure: str) -> str:
    """The measure without a year at its end or its head, which is the figure's period."""
    for period in reversed(read_periods(measure)):
        dated = period.first is not None or period.last is not None
        if dated and not measure[period.end :].strip(" ,."):
            measure = measure[: period.start]
        elif dated and not measure[: period.start].strip():
            measure = re.sub(
                r"^[\s,]*(?:the|an?|there\s+(?:were|was|are|is))\s+", "", measure[period.end :], flags=re.IGNORECASE
            )
            measure = _LEAD.sub("", measure)
    return _TAIL.sub("", measure.strip(" ,")).strip(" ,")


def _tidy(phrase: str) -> str:
    phrase = " ".join(phrase.split()).strip(" ,;:.()[]=–—-")
    for _ in range(2):
        phrase = _TAIL.sub("", phrase)
        phrase = _LEAD.sub("", phrase).strip(" ,;:.()[]=–—")
        phrase = _HYPHENED.sub("", _COMPARED_LEAD.sub("", phrase))
    return phrase.strip()
