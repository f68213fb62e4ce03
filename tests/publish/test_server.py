"""The preview: ranges, types, and nothing but the kit."""

import os
import socket
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest
from click.testing import CliRunner

from reluviz.cli import main
from reluviz.publish import PublishError
from reluviz.publish.server import _AT_ONCE, _Handler, preview


@contextmanager
def served(folder):
    server = preview(folder, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def port(kit):
    with served(kit) as port:
        yield port


def get(port, path, method="GET", **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_a_range_of_a_film(port, kit):
    response, body = get(port, "/one-neuron.mp4", Range="bytes=1000-1999")
    whole = (kit / "one-neuron.mp4").read_bytes()
    assert (response.status, body) == (206, whole[1000:2000])
    assert response.headers["Content-Range"] == f"bytes 1000-1999/{len(whole)}"
    response, body = get(port, "/one-neuron.mp4", Range="bytes=-10")
    assert (response.status, body) == (206, whole[-10:])
    assert get(port, "/one-neuron.mp4", Range=f"bytes={len(whole)}-")[0].status == 416


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/my-own.mp4", "video/mp4"), ("/my-own.vtt", "text/vtt"), ("/my-own.jpg", "image/jpeg")],
)
def test_whole_files_and_their_types(port, kit, path, kind):
    response, body = get(port, path)
    assert response.status == 200 and response.headers["Content-Type"].split(";")[0] == kind
    assert response.headers["Accept-Ranges"] == "bytes"
    assert body == (kit / (path[1:] or "index.html")).read_bytes()


@pytest.mark.parametrize("path", ["/../x", "/..%2f..%2fetc/passwd", "//etc/passwd", "/nothing", "/clips", "/%00"])
def test_nothing_else(port, path):
    assert get(port, path)[0].status == 404


def test_no_link_is_followed(kit, tmp_path):
    folder = tmp_path / "kit"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    for name in ("index.html", "real.txt"):
        (folder / name).write_text("in the kit")
    (folder / "file").symlink_to("../secret.txt")
    (folder / "inside").symlink_to("real.txt")
    (folder / "folder").symlink_to("..")
    os.mkfifo(folder / "pipe")
    with served(folder) as port:
        for path in ("/file", "/inside", "/folder/secret.txt", "/folder/kit/real.txt", "/pipe", "/" + "n" * 300):
            assert get(port, path)[0].status == 404, path
        assert get(port, "/real.txt")[1] == b"in the kit"


def test_a_link_to_a_kit_is_served(kit, tmp_path):
    (tmp_path / "here").symlink_to(kit)
    with served(tmp_path / "here") as port:
        assert get(port, "/one-neuron.txt")[1] == (kit / "one-neuron.txt").read_bytes()


def test_only_get_and_head(port, kit):
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"):
        response, _ = get(port, "/my-own.vtt", method)
        assert response.status == 405 and response.headers["Allow"] == "GET, HEAD", method
    response, body = get(port, "/my-own.vtt", "HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) == (kit / "my-own.vtt").stat().st_size


@pytest.mark.parametrize(("host", "status"), [
    ("127.0.0.1", 200), ("localhost:8000", 200), ("LOCALHOST", 200), ("evil.example", 400),
    ("localhost.evil.example", 400), ("127.0.0.1@evil.example", 400), ("", 400),
])  # fmt: skip
def test_only_hosts_of_this_machine(port, host, status):
    assert get(port, "/", Host=host)[0].status == status


def test_one_date(port):
    for path in ("/", "/nothing"):
        assert len(get(port, path)[0].headers.get_all("Date")) == 1


def test_idle_clients_take_no_more_threads_than_there_are(kit, monkeypatch):
    monkeypatch.setattr(_Handler, "timeout", 0.5)
    with served(kit) as port:
        before = threading.active_count()
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(80)]
        time.sleep(0.2)
        assert threading.active_count() - before <= _AT_ONCE
        time.sleep(0.6)
        assert threading.active_count() <= before and get(port, "/")[0].status == 200
        for connection in idle:
            connection.close()


def test_only_this_machine_reaches_it(kit):
    server = preview(kit, 0)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()


def test_mistakes_are_one_line(kit, tmp_path):
    with pytest.raises(PublishError, match="no lecture kit here"):
        preview(tmp_path, 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(main, ["serve", str(kit), "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.splitlines()[-1].startswith("reluviz: port ") and "--port takes another" in result.stderr
    assert result.stderr.count("\n") == 1
