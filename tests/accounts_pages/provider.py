"""A small provider of OpenID Connect: discovery, a page that asks, codes with proof keys, signed tokens, their keys."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "wholekey", "the secret of the client"


@dataclass
class Provider:
    """Who is logged in at the provider, and what it remembers. `refuses`: somebody went back. `down`: no answers."""

    claims: dict[str, object]
    refuses: bool = False
    down: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def keys(self) -> dict[str, object]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser goes on."""
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert "openid" in query["scope"].split()
        assert query["code_challenge_method"] == "S256"
        if self.refuses:
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = secrets.token_hex(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, object]:
        """Return the tokens for a code, once, to the client alone that asked for it."""
        basic = base64.b64decode(authorization.partition(" ")[2]).decode() if authorization else ""
        assert (basic or f"{form.get('client_id')}:{form.get('client_secret')}") == f"{CLIENT}:{SECRET}"
        asked = self.codes.pop(form["code"])
        assert form["redirect_uri"] == asked["redirect_uri"]
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert proof == asked["code_challenge"]
        now = int(time.time())
        told = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            **self.claims,
        }
        signed = jwt.encode(told, self.key, "RS256", {"kid": "one"})
        return {
            "access_token": "at-" + str(self.claims["sub"]),
            "token_type": "Bearer",
            "id_token": signed,
            "expires_in": 300,
        }


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if provider.down:
                self.send_error(503)
                return
            if parts.path == "/authorize":
                self.send_response(302)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
                return
            pages = {
                "/.well-known/openid-configuration": provider.discovery, "/keys": provider.keys,
                "/userinfo": lambda: provider.claims,
            }  # fmt: skip
            self.answer(pages[parts.path]())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(
                provider.token({name: each[0] for name, each in form.items()}, self.headers["Authorization"] or "")
            )

        def answer(self, data: object) -> None:
            body = json.dumps(data).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    return Handler


@contextlib.contextmanager
def running(**claims: object) -> Iterator[Provider]:
    """Run a provider at which somebody with these claims is logged in."""
    provider = Provider(claims)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider)) as server:
        provider.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
