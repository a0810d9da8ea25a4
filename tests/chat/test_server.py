import socket
from pathlib import Path

import pytest

from assistant.chat.server import serve
from assistant.errors import ServeError
from assistant.settings import Settings


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "example.org"])
def test_an_address_that_others_can_reach_is_refused_without_accounts(host: str, tmp_path: Path) -> None:
    with pytest.raises(ServeError, match=r"no accounts: add one .*or use 127\.0\.0\.1"):
        serve(Settings(data=tmp_path), host=host)


def test_a_port_in_use_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServeError, match=rf"port {port} is already in use.*--port \d+") as refused:
            serve(Settings(data=tmp_path), port=port)
    assert "\n" not in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_port_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="port 70000 cannot be used"):
        serve(Settings(data=tmp_path), port=70000)
