"""Nothing writes, nothing leaks, and whatever goes wrong is one line in one voice."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.web.app import create_app
from clusteratlas.web.front import HEADERS, KEY, LONGEST
from tests.web.conftest import HERE

BROUGHT = "only-in-this-test"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/ask/region", "/cypher", "/api/cypher", "/static/x", "/zz"])
def test_nothing_but_reading_is_answered(client: TestClient, method: str, path: str) -> None:
    refused = client.request(method, path)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


def test_no_route_takes_another_method(embedded: Atlas) -> None:
    app = create_app(embedded)
    methods = {m for route in app.routes for m in (getattr(route, "methods", None) or ())}
    assert methods <= {"GET", "HEAD"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/static/explorer.css", 200),
        ("/static/no-such.css", 404),
        ("/no-such", 404),
        ("/api/no-such", 404),
        ("/go", 422),
        (f"/find?q={'x' * LONGEST}", 414),
    ],
)
def test_every_response_has_the_headers(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert {k: answer.headers[k] for k in HEADERS} == HEADERS
    if status >= 400:
        assert answer.headers["cache-control"] == "no-store"
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/region?region=boston", "/api/questions/region?region=boston"])
def test_a_fault_of_ours_is_one_line(
    path: str, embedded: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("a secret of the code")

    with TestClient(create_app(embedded), base_url=HERE) as client:
        with monkeypatch.context() as patch:
            patch.setattr(embedded, "ask", broken)
            answer = client.get(path)
        assert answer.status_code == 500
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "secret" not in answer.text
        assert client.get(path).status_code == 200  # a failure is not kept


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]:8765"])
def test_another_name_is_refused(host: str, client: TestClient) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "[::1]"])
def test_names_of_this_machine_are_known(host: str, client: TestClient) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_token_leaves_the_address(embedded: Atlas) -> None:
    app = create_app(embedded, token=BROUGHT)
    with TestClient(app, base_url="http://host.example", follow_redirects=False) as client:
        led = client.get(f"/find?q=a%26b&token={BROUGHT}")
        assert (led.status_code, led.headers["location"]) == (303, "/find?q=a%26b")
        cookie = led.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/find?q=a").status_code == 200
        away = client.get(f"http://host.example//evil.example/?token={BROUGHT}")
        assert away.headers["location"] == "/evil.example/"


@pytest.mark.parametrize(
    "headers",
    [{}, {"cookie": f"{KEY}=wrong"}, {"cookie": "{KEY}=\xff"}, {"authorization": "Bearer wrong"}],
)
def test_without_the_token_nothing_is_shown(headers: dict[str, str], embedded: Atlas) -> None:
    sent = {k.encode(): v.encode("latin1") for k, v in headers.items()}
    with TestClient(create_app(embedded, token=BROUGHT)) as client:
        for path in ("/", "/static/explorer.css", "/api/questions", "/?token=%C3%A9"):
            assert client.get(path, headers=[*sent.items()]).status_code == 403


def test_programs_send_the_token_in_a_header(embedded: Atlas) -> None:
    with TestClient(create_app(embedded, token=BROUGHT)) as client:
        told = {"authorization": f"Bearer {BROUGHT}"}
        assert client.get("/api/questions", headers=told).status_code == 200
