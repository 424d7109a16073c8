"""A small OpenID Connect provider on this machine: whoever signs in chooses who to be."""

import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, CLIENT_SECRET = "planchat", "a secret of the tests"
FORGER = "forger"  # whose token is signed with a key that is not the provider's


@contextmanager
def provider(people: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The provider's address. people: their names, each with the claims that their token makes."""
    ours, other = (RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"}) for _ in range(2))
    codes: dict[str, tuple[str, str]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            if asked.path == "/.well-known/openid-configuration":
                self._say(json.dumps(self._about()), "application/json")
            elif asked.path == "/jwks":
                self._say(json.dumps({"keys": [ours.as_dict(private=False)]}), "application/json")
            elif asked.path == "/authorize" and "as" not in query:
                links = (f'<p><a href="{escape(self.path)}&as={name}">Be {name}</a></p>' for name in people)
                self._say(f"<title>Who are you?</title>{''.join(links)}", "text/html")
            elif asked.path == "/authorize":
                code = secrets.token_urlsafe()
                codes[code] = (query["as"], query["nonce"])
                self._send_on(f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")
            elif asked.path == "/end":
                self._send_on(query["post_logout_redirect_uri"])

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            name, nonce = codes.pop(form["code"][0])
            now = int(time.time())
            claims = {"iss": self._here(), "aud": CLIENT, "sub": name, "iat": now, "exp": now + 600, "nonce": nonce}
            token = jwt.encode(
                {"alg": "RS256", "kid": "1"}, claims | dict(people[name]), other if name == FORGER else ours
            )
            answer = {"access_token": "none", "token_type": "Bearer", "expires_in": 600, "id_token": token}
            self._say(json.dumps(answer), "application/json")

        def _here(self) -> str:
            return f"http://127.0.0.1:{server.server_port}"

        def _about(self) -> dict[str, object]:
            here = self._here()
            return {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "jwks_uri": f"{here}/jwks",
                "end_session_endpoint": f"{here}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }

        def _say(self, text: str, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def _send_on(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def secrets_for(provider: str, app: str) -> str:
    """The app's secrets.toml. provider, app: their addresses."""
    return (
        f'[auth]\nredirect_uri = "{app}/oauth2callback"\ncookie_secret = "{secrets.token_hex()}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{CLIENT_SECRET}"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )
