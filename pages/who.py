"""Who is looking, and what they may do: anybody reads, editors change things, and what they change is logged.

Without a sign-in, only somebody at this machine itself edits. With one, only who is named as an editor does.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from corpus.settings import Settings
from pages.log import append

LOG = "editors.jsonl"
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
PASSED_ON = ("forwarded", "via", "x-forwarded", "x-real-ip", "x-original", "true-client-ip", "cf-connecting-ip")


@dataclass(frozen=True)
class Visitor:
    """Who is looking. name: as the sign-in gives it; account: what tells them from everybody else, for the log.

    Both are None for somebody who has not signed in.
    """

    role: Literal["reader", "editor"]
    name: str | None = None
    account: str | None = None


@dataclass(frozen=True)
class Request:
    """The request that opened a session. address: the other end's, None where unknown; headers: names in small letters."""

    address: str | None
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Edit:
    """Something that an editor did. at: UTC, as ISO 8601."""

    at: str
    who: str
    account: str | None
    action: str
    detail: str


class NotAllowed(Exception):
    """Somebody who is no editor tried to change something."""


class SignInError(Exception):
    """How people sign in is set, but cannot be read."""


def visitor() -> Visitor:
    """Who is looking at this page.

    Raises SignInError where secrets.toml is there and cannot be read: nobody is let in by a spelling mistake.
    """
    settings = Settings()
    if sign_in_is_set():
        claims = st.user.to_dict()
        if not signed_in(claims, settings, datetime.now(UTC)):
            return Visitor("reader")
        role: Literal["reader", "editor"] = "editor" if settings.editing and is_editor(claims, settings) else "reader"
        return Visitor(role, _name(claims), f"{claims.get('sub', '')} of {claims.get('iss', '')}")
    here = at_this_machine(request()) and bool(st.get_option("server.enableCORS"))
    return Visitor("editor" if settings.editing and here else "reader")


def may_edit() -> bool:
    """Whether who is looking may change anything: ask before a control is shown, and again before it acts."""
    return visitor().role == "editor"


def sign_in_is_set() -> bool:
    """Whether people can sign in: secrets.toml has an [auth] section. Raises SignInError where it cannot be read."""
    return bool(_auth())


def providers() -> list[str | None]:
    """The names of the places where people can sign in; None is the one without a name."""
    auth = _auth()
    named: list[str | None] = [
        str(name) for name, value in auth.items() if isinstance(value, Mapping) and "client_id" in value
    ]
    return [None, *named] if "client_id" in auth else named


def _auth() -> Mapping[str, Any]:
    try:
        auth = st.secrets.get("auth", {})
    except StreamlitSecretNotFoundError as error:
        if any(Path(path).exists() for path in st.get_option("secrets.files")):
            raise SignInError("The file secrets.toml cannot be read, so nobody can sign in.") from error
        return {}
    return auth if isinstance(auth, Mapping) else {}


def signed_in(claims: Mapping[str, Any], settings: Settings, now: datetime) -> bool:
    """Whether the claims are of a sign-in that still counts.

    Streamlit keeps a sign-in for 30 days, with the roles that it gave: a role that was taken away must end sooner.
    """
    issued = claims.get("iat")
    if claims.get("is_logged_in") is not True or not isinstance(issued, int | float):
        return False
    return now.timestamp() - issued < timedelta(hours=settings.sign_in_hours).total_seconds()


def is_editor(claims: Mapping[str, Any], settings: Settings) -> bool:
    """Whether the claims make an editor: by a role, or by an address that the provider has verified.

    An address that is not verified is what somebody says of themselves.
    """
    if settings.role_claim and settings.editor_role in _roles(claims, settings.role_claim):
        return True
    address = _verified_address(claims)
    return address is not None and address in {e.strip().lower() for e in settings.editors.split(",") if e.strip()}


def _roles(claims: Mapping[str, Any], path: str) -> set[str]:
    value: Any = claims
    if path in claims:
        value = claims[path]
    else:
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return {value}
    return {role for role in value if isinstance(role, str)} if isinstance(value, list | tuple) else set()


def _verified_address(claims: Mapping[str, Any]) -> str | None:
    address = claims.get("email")
    # Letters that only look like ASCII ones become ASCII when they are made small: such an address is never a match.
    if not isinstance(address, str) or not address.isascii() or claims.get("email_verified") is not True:
        return None
    return address.strip().lower()


def _name(claims: Mapping[str, Any]) -> str:
    named = (claims.get(claim) for claim in ("name", "preferred_username", "email"))
    return _verified_address(claims) or next(
        (n for n in named if isinstance(n, str) and n.strip()), "somebody signed in"
    )


def request() -> Request | None:
    """The request that opened this session, read in one piece; None when its browser has gone."""
    context = get_script_run_ctx()
    client = get_instance().get_client(context.session_id) if context else None
    sent = client.client_context if client else None
    if sent is None:
        return None
    return Request(sent.remote_ip, tuple((name.lower(), value) for name, value in sent.headers))


def at_this_machine(request: Request | None) -> bool:
    """Whether a request comes from a browser on this machine, asking for this machine, with nothing in between.

    A proxy on this machine has this machine's address. It is told by the headers that it adds, by the name that the
    browser asked for, and by the page that the browser says it shows. What is unknown counts as elsewhere.
    """
    if request is None or not _is_loopback(request.address):
        return False
    if any(name.startswith(PASSED_ON) for name, _ in request.headers):
        return False
    hosts, origins = ([v for n, v in request.headers if n == name] for name in ("host", "origin"))
    if len(hosts) != 1 or len(origins) != 1:
        return False
    try:
        return urlsplit(f"//{hosts[0]}").hostname in THIS_MACHINE and urlsplit(origins[0]).netloc == hosts[0]
    except ValueError:
        return False


def _is_loopback(address: str | None) -> bool:
    try:
        return address is not None and ip_address(address).is_loopback
    except ValueError:
        return False


def log_edit(action: str, detail: str) -> None:
    """Write down what an editor does, before it is done. Raises NotAllowed when who is looking is no editor."""
    who = visitor()
    if who.role != "editor":
        raise NotAllowed("Only an editor can do this.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    edit = Edit(now, who.name or "Somebody at this machine", who.account, action, detail)
    append(Settings().logs / LOG, asdict(edit))


def edits() -> list[Edit]:
    """What editors did, the latest first. Raises NotAllowed when who is looking is no editor."""
    if not may_edit():
        raise NotAllowed("Only an editor can read what editors did.")
    file = Settings().logs / LOG
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    return list(_edits(lines))[::-1]


def _edits(lines: Iterable[str]) -> Iterator[Edit]:
    for line in filter(None, lines):
        try:
            yield Edit(**json.loads(line))
        except (json.JSONDecodeError, TypeError):
            yield Edit("", "", None, "A line of the log that cannot be read", line)
