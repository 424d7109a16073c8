"""Dates as people write them."""

from datetime import date


def plainly(when: str | None) -> str | None:
    """A date as people write it: "2021-09" is September 2021. What is no such date is given back as it is."""
    if when is None:
        return None
    parts = when.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            day = date(*numbers)
            return f"{day.day} {day:%B %Y}"
        if len(numbers) == 2:
            return f"{date(numbers[0], numbers[1], 1):%B %Y}"
    except ValueError:
        pass
    return when
