"""Follow-ups made standalone: "And in Anytown?" becomes the earlier question with another place in it."""

import re
from collections.abc import Sequence

from corpus.index import Generation
from corpus.period import read_periods
from corpus.thesaurus import apart
from retrieval.decide import head_asked
from retrieval.question import Asks, Parser, Question
from retrieval.wording import THEME_REFERENCE

_OPENS = re.compile(r"^\s*(?:and|what\s+about|how\s+about|or|but|so|then)\b[\s,]*", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:it|that|this|they|them|those|these|there|same|its|their|both|two)\b", re.IGNORECASE)
_PHRASE = re.compile(
    r"^(?:and\s+|what\s+about\s+|how\s+about\s+|or\s+)*(in|for|of|by|at|among|across|on|with)\s+(.+)$", re.IGNORECASE
)
_SHORT = 9  # words


class Reader:
    """Reads a turn with the earlier questions of its conversation."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.parser = Parser(generation)

    def read(self, text: str, history: Sequence[str] = ()) -> Question:
        """The question of ``text``; ``history`` holds the earlier questions, oldest first."""
        earlier: list[Question] = []
        for turn in (*history, text):
            earlier.append(self._turn(turn, earlier))
        return earlier[-1]

    def _turn(self, text: str, earlier: list[Question]) -> Question:
        asked = self.parser.parse(text)
        if not earlier or not self._leans(asked, text):
            return asked
        standalone = self._merged(asked, earlier, text)
        return self.parser.parse(standalone, text)

    def _leans(self, asked: Question, text: str) -> bool:
        """Whether a turn cannot stand alone: it opens with "And …", points back, or names nothing."""
        short = len(text.split()) <= _SHORT
        names_nothing = not asked.terms and asked.theme is None and asked.theme_number is None
        opens = _OPENS.match(text) is not None
        points = _POINTS_BACK.search(text) is not None
        if names_nothing and asked.asks not in (Asks.THEMES, Asks.DOCUMENT, Asks.ITSELF):
            return True
        return (short and (opens or (points and len(asked.terms) <= 1))) or (opens and len(asked.terms) <= 2)

    def _merged(self, asked: Question, earlier: list[Question], text: str) -> str:
        """The earlier question with what the new turn puts in its place."""
        before = earlier[-1]
        words = _OPENS.sub("", text.strip()).rstrip("?. ") or text.strip().rstrip("?. ")
        if asked.compares is not None and not asked.terms:
            return self._comparison(earlier, words, asked)
        if asked.asks is Asks.WHEN:
            return f"{words}: {before.standalone}"
        if asked.theme_number is not None and before.theme_number is not None and not asked.terms:
            reference = THEME_REFERENCE.search(before.standalone)
            if reference:
                start, end = reference.span()
                return f"{before.standalone[:start]}Theme {asked.theme_number}{before.standalone[end:]}"
        if asked.asks in (Asks.LEAD, Asks.SUPPORT, Asks.THEME) or asked.parts:
            theme = asked.theme or before.theme
            if theme is not None and asked.theme is None:
                named = f"Theme {theme.number}" if theme.number else theme.heading
                return f"{_without_pronoun(words)} of {named}?"
            if asked.parts and not asked.terms and before.terms:
                return f"{words} for {' '.join(t.text for t in before.terms)}{_places(before)}?"
        if (asked.areas or asked.unknown_area or asked.against) and not asked.terms:
            area = (
                asked.areas[0].name if asked.areas else asked.against[0].name if asked.against else asked.unknown_area
            )
            return f"{self._without_areas(before.standalone)} in {area}?"
        if asked.periods and not asked.terms:
            return f"{_without_periods(before.standalone)} {_in_period(asked.periods[0].text)}?"
        if asked.units and not asked.terms:
            kept = " ".join(t.text for t in before.terms)
            return f"{words} {kept}{_places(before)}{_times(before)}?"
        return self._replaced(asked, before, words)

    def _replaced(self, asked: Question, before: Question, words: str) -> str:
        """ "For retail?" after "… for construction?" changes that phrase; a contrast ("residents") changes its opposite."""
        standalone = before.standalone.rstrip("?. ")
        new = {t.stems for t in asked.terms} | {p for t in asked.terms for p in t.alternatives}
        for group in apart():
            mine = [p for p in group if p in new]
            for term in before.terms:
                theirs = {term.stems, *term.alternatives} & set(group)
                if mine and theirs and not theirs & set(mine) and term.text in standalone:
                    return standalone.replace(term.text, asked.terms[0].text) + "?"
        for old in before.terms:
            for new_term in asked.terms:
                if _same_series(old.text, new_term.text) and old.text in standalone:
                    return standalone.replace(old.text, new_term.text) + "?"
        phrase = _PHRASE.match(words)
        if phrase:
            preposition, rest = phrase[1], phrase[2]
            pattern = re.compile(
                rf"\b{preposition}\s+(?:the\s+)?[\w/&' -]+?(?=\s+(?:in|for|by|since|from|over|at)\b|$)", re.IGNORECASE
            )
            found = [m for m in pattern.finditer(standalone)]
            if found:
                last = found[-1]
                return f"{standalone[: last.start()]}{preposition} {rest}{standalone[last.end() :]}?"
            return f"{standalone} {preposition} {rest}?"
        if asked.wants_figure or asked.asks in (Asks.FIGURE, Asks.TEXT):
            replaced = head_asked(before) if "count" in asked.units else None
            kept = " ".join(t.text for t in before.terms if t.stems not in new and t != replaced)
            kept = kept if len(asked.terms) <= 2 else ""
            area = "" if asked.areas else _places(before)
            return f"{_without_pronoun(words)} {kept}{area}?".replace("  ", " ")
        return words + "?"

    def _comparison(self, earlier: list[Question], words: str, asked: Question) -> str:
        """ "What's the difference?" compares what the last two questions asked, or the last one with the area named."""
        before = earlier[-1]
        if asked.areas or asked.against:
            other = (asked.areas or asked.against)[0].name
            own = _places(before) or (f" in {self.generation.own_area.name}" if self.generation.own_area else "")
            return f"{_without_pronoun(words)}: {self._without_areas(before.standalone)}{own} compared with {other}?"
        areas: list[str] = []
        for question in earlier[-2:]:
            areas += [a.name for a in question.areas if a.name not in areas]
        if len(areas) >= 2:
            return f"{words}: {self._without_areas(before.standalone)} in {areas[0]} and {areas[1]}?"
        if len(earlier) >= 2:
            first, second = earlier[-2].standalone.rstrip("?. "), before.standalone.rstrip("?. ")
            return f"{words} between {_asked_thing(first)} and {_asked_thing(second)}?"
        return f"{words}: {before.standalone}"

    def _without_areas(self, standalone: str) -> str:
        for mention in reversed(self.generation.gazetteer.find(standalone, any_case=True)):
            standalone = standalone[: mention.start] + standalone[mention.end :]
        standalone = " ".join(standalone.split()).rstrip("?. ")
        return re.sub(
            r"\b(?:in|of|for|across|among|at|compared\s+(?:to|with))\s*(?=(?:in\b|$))", "", standalone
        ).strip()


def _same_series(one: str, other: str) -> bool:
    """Codes of one series: "NVQ4" and "NVQ2"."""
    a, b = (re.fullmatch(r"([A-Za-z]+)[ -]?(\d+)", t) for t in (one, other))
    return a is not None and b is not None and a[1].lower() == b[1].lower() and a[2] != b[2]


def _asked_thing(text: str) -> str:
    return re.sub(
        r"^(?:what|which|how\s+many|how\s+much)\s+(?:is|are|was|were|did|do|does)?\s*", "", text, flags=re.IGNORECASE
    )


def _without_pronoun(words: str) -> str:
    return (
        re.sub(r"\b(?:it|that|this|them|they|those|these|the same)\b", "", words, flags=re.IGNORECASE)
        .replace("  ", " ")
        .strip()
    )


def _without_periods(standalone: str) -> str:
    for period in reversed(read_periods(standalone)):
        standalone = standalone[: period.start] + standalone[period.end :]
    return re.sub(r"\b(?:in|by|for)\s*$", "", " ".join(standalone.split()).rstrip("?. ")).strip()


def _in_period(text: str) -> str:
    return text if re.match(r"(?:in|by|since|over|between|from|for|during)\b", text, re.IGNORECASE) else f"in {text}"


def _places(question: Question) -> str:
    return f" in {question.areas[0].name}" if question.areas else ""


def _times(question: Question) -> str:
    return f" {_in_period(question.periods[0].text)}" if question.periods else ""
