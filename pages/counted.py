"""Counts in words: "1 page", "41 figures", "no gaps"."""


def number_of(count: int, noun: str) -> str:
    """ "1 page", "1,204 pages", "no pages"."""
    return f"{f'{count:,}' if count else 'no'} {noun}{'' if count == 1 else 's'}"


def counted(*counts: tuple[int, str]) -> str:
    """ "3 pages, 41 figures"; what there is none of is left out."""
    return ", ".join(number_of(count, noun) for count, noun in counts if count) or "nothing"
