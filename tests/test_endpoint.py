"""A SPARQL endpoint gives the same answers as the built-in plans, and its failures are told in a sentence."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from goldenthread.graph.endpoint import JSON_RESULTS, Endpoint, EndpointError
from tests.conftest import Run

ASK = "SELECT ?x WHERE { ?x ?p ?o }"


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("find", "PIQAG"),
        ("chain", "CSA Sub-Group"),
        ("chain", "norfolk-2016 2.3"),
        ("chain", "Leadership Group", "--down"),
        ("show", "PIQAG", "--plan", "norfolk-2016"),
        ("query", "priorities", "-p", "plan=norfolk-2016"),
        ("query", "styles"),
        ("query", "bodies-without-line-up"),
        ("gaps", "--all"),
        ("learning",),
        ("actions", "--topic", "neglect"),
        ("evidence", "norfolk-2016"),
        ("compare", "NSCB", "PPF"),
        ("overlaps", "--topic", "neglect"),
    ],
)
def test_commands_answer_alike_from_an_endpoint(run: Run, endpoint: str, command: tuple[str, ...]) -> None:
    local = run(*command)
    assert local.exit_code == 0
    remote = run(*command, "--endpoint", endpoint)
    assert (remote.exit_code, remote.stdout) == (0, local.stdout)


@contextmanager
def serving(*answers: tuple[int, dict[str, str], bytes], drip: float = 0) -> Iterator[str]:
    """An HTTP server on loopback that gives these answers in turn, a byte at a time if it drips."""
    left = list(answers)
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            code, headers, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for at in range(0, len(body), 1 if drip else len(body) or 1):
                    self.wfile.write(body[at : at + 1] if drip else body)
                    if over.wait(drip):
                        return
            except OSError:
                pass

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        over.set()
        server.shutdown()
        server.server_close()


RESULT = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "urn:a"}}]}}'
SPARQL = {"Content-Type": JSON_RESULTS}


def test_a_busy_endpoint_is_asked_again_after_the_time_it_names() -> None:
    with serving((503, {"Retry-After": "1"}, b""), (200, SPARQL, RESULT)) as url:
        assert Endpoint(url).select(ASK).rows == [("urn:a",)]


def test_a_wait_longer_than_the_deadline_is_not_waited_for() -> None:
    with serving((503, {"Retry-After": "3600"}, b"")) as url, pytest.raises(EndpointError, match="503"):
        Endpoint(url, deadline=5).select(ASK)


def test_a_login_page_is_no_result() -> None:
    with (
        serving((200, {"Content-Type": "text/html"}, b"<html>log in</html>")) as url,
        pytest.raises(EndpointError, match="text/html"),
    ):
        Endpoint(url).select(ASK)


@pytest.mark.parametrize("body", [b"{}", RESULT[:60], b"[]", b'{"head": {"vars": ["x"]}}'])
def test_json_that_is_no_result_or_was_cut_is_no_result(body: bytes) -> None:
    with serving((200, SPARQL, body)) as url, pytest.raises(EndpointError, match="no SPARQL result"):
        Endpoint(url).select(ASK)


def test_an_answer_that_drips_ends_at_the_deadline() -> None:
    with serving((200, SPARQL, RESULT * 100), drip=0.05) as url, pytest.raises(EndpointError, match="within 1 seconds"):
        Endpoint(url, deadline=1).select(ASK)


def test_an_answer_over_the_cap_is_not_read() -> None:
    with serving((200, SPARQL, RESULT + b" " * 3_000_000)) as url, pytest.raises(EndpointError, match="more than 2 MB"):
        Endpoint(url, most_bytes=2 * 1024 * 1024).select(ASK)


def test_an_endpoint_that_is_not_there_is_the_remote_ends_fault(run: Run) -> None:
    result = run("status", "--endpoint", "http://127.0.0.1:9/sparql")
    assert (result.exit_code, result.stdout) == (5, "")
    assert "cannot be reached" in result.stderr


def test_passages_from_an_endpoint_need_consent_to_names(
    run: Run, endpoint: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "norfolk-2016-2018.txt").write_text("\n" * 300)
    result = run("chain", "PIQAG", "--plan", "norfolk-2016", "--endpoint", endpoint, "--documents", folder)
    assert result.exit_code == 2
    assert "--with-names" in result.stderr
