"""The privacy notice: what this copy of planchat keeps, as it is set now, and the council's own words."""

from corpus.settings import Settings
from pages.statement import how_to_reach_them, show_statement, who_runs_it
from pages.tab import MOST
from pages.who import sign_in_is_set


def notice(settings: Settings, signs_in: bool) -> str:
    """The notice for an installation that is set in this way."""
    parts = [
        f"planchat is run by {who_runs_it(settings)}, which decides what it is used for and answers for it.",
        "## What you ask",
        "Your questions and the answers stay in the memory of the server while your page is open, so that the conversation "
        "can go on, and are gone soon after you close it. Other visitors do not see them.",
        _what_is_kept(settings),
        _what_can_be_sent(settings),
        "A draft, or an answer that you saved, is read when you load it, and is gone in the same way.",
        "Do not type anything about a person. planchat answers from published documents and needs no such thing.",
        "Your questions stand in the address of the page on which you ask them, so that an answer can be shared. Your browser "
        "keeps addresses in its history, and a server on the way may keep them in its log.",
        f"So that nothing is lost when a page is loaded again, your browser keeps your last {MOST} questions, and up to {MOST} "
        "whose answers you keep for a briefing, in the tab in which you asked them. They go when you close the tab or sign out.",
        "## How answers are made",
        _how_answers_are_made(settings),
        "## Cookies",
        _cookies(signs_in, settings),
        "## Files that editors add",
        "When an editor adds, replaces or removes a document, planchat writes down who did it, when and what. Other editors "
        "can read that.",
        "## Your rights, and how to reach us",
        "You may ask what is held about you, and have it corrected or deleted. You may complain to the Information "
        "Commissioner’s Office: ico.org.uk/make-a-complaint.",
        how_to_reach_them(settings),
    ]
    if settings.privacy_notice is not None:
        parts += ["## From the council", settings.privacy_notice.read_text(encoding="utf-8")]
    return "\n\n".join(parts)


def _what_is_kept(settings: Settings) -> str:
    if not settings.log_questions:
        return "No record of questions is kept."
    return (
        f"A record of questions is kept for {settings.log_days} days, and then deleted. It holds the words of the question, "
        "the day, and whether it could be answered. It does not hold who asked, or from where. It is used to find out what "
        "the sources do not say."
    )


def _what_can_be_sent(settings: Settings) -> str:
    if not settings.feedback_days:
        return "Nothing that you think of an answer is asked for or kept."
    return (
        "You may send that the sources do not answer a question, or whether an answer was useful and why. Only a button "
        f"sends it. It is kept for {settings.feedback_days} days with the question and the day, and without who sent it."
    )


def _how_answers_are_made(settings: Settings) -> str:
    if settings.model is None:
        return (
            "Answers are put together by a program on the council’s own server, without a language model, and "
            "nothing is sent to anybody else."
        )
    return (
        f"Answers are worded by a language model ({settings.model}). Your question, and the passages of the documents that "
        "were found for it, are sent to it. Every figure in what it writes is checked against the documents before you see "
        "it. No decision about a person is made."
    )


def _cookies(signs_in: bool, settings: Settings) -> str:
    needed = (
        "planchat sets only cookies that it cannot work without: one that protects against forged requests"
        if not signs_in
        else "planchat sets only cookies that it cannot work without: one that protects against forged requests, and, when "
        f"you sign in, some that hold what your sign-in says of you (such as your name and e-mail address). A sign-in counts "
        f"for {settings.sign_in_hours:g} hours; its cookies are deleted when you sign out, or after 30 days"
    )
    return f"{needed}. There is no tracking and no advertising, and nothing is loaded from anybody else’s server."


settings = Settings()
show_statement("Privacy notice", notice(settings, sign_in_is_set()))
