"""The app served as a user starts it, for what is seen in a browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written to a folder on the server's path: every address that it connects to or looks up.
WATCH = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        address = arguments[1] if event != "socket.getaddrinfo" else arguments[:1]
        if isinstance(address, tuple):
            with open(os.environ["WATCHED"], "a") as log:
                print(event, address[0], file=log)
sys.addaudithook(watch)
"""
QUIET = re.compile(r"^(HF_|TRANSFORMERS|TOKENIZERS|ANONYMIZED|LANG(SMITH|CHAIN)|STREAMLIT|DO_NOT)")
HERE = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "", "None"}


@dataclass
class Server:
    url: str
    log: Path
    started: float

    def addresses(self) -> set[str]:
        """Where the server has connected to."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return {line.split()[-1] for line in lines}


@contextmanager
def serving(index: Path, folder: Path) -> Iterator[Server]:
    """`senrei serve` as a user starts it: without any of the switches that quieten tests."""
    (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not QUIET.match(name)}
    environment |= {"PYTHONPATH": str(folder), "WATCHED": str(folder / "watched")}
    command = [sys.executable, "-m", "assistant", "serve", "--index", str(index)]
    url, started = f"http://127.0.0.1:{port}", time.monotonic()
    with subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            while True:
                try:
                    urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                    break
                except OSError:
                    assert process.poll() is None, "the server has ended"
                    assert time.monotonic() - started < 60, "the server does not answer"
                    time.sleep(0.05)
            yield Server(url, folder / "watched", started)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
