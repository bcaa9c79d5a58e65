"""The app served as a user starts it, for what is seen in a browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import BrowserContext, Dialog, Page, expect

LAPTOP = {"width": 1093, "height": 614}  # 1366 x 768 at 125 %
Visit = Callable[..., Page]
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
    # Nor may what other programs have set for LangChain copy a question to its makers.
    environment |= {"LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "x", "LANGCHAIN_TRACING": "1"}
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


def settled(page: Page) -> None:
    """Wait until the app has shown all it has to: what is typed before that may be drawn over."""
    app = page.locator('[data-testid="stApp"]')
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def dialogs_of(page: Page) -> list[str]:
    """What the dialogs that open say. Each is put away: to fail there would end the driver."""
    said: list[str] = []

    def put_away(dialog: Dialog) -> None:
        said.append(dialog.message or dialog.type)
        dialog.accept()

    page.on("dialog", put_away)
    return said


@contextmanager
def visiting(window: BrowserContext, server: Server) -> Iterator[Visit]:
    """Opens pages of the app; at the end, nothing technical is in sight and nobody was asked."""
    requested: list[str] = []
    may_ask: set[str] = set()  # where there was unsaved work
    page = window.new_page()
    page.on("request", lambda request: requested.append(request.url))
    said = dialogs_of(page)

    def open_page(path: str) -> Page:
        if page.url.startswith(server.url):  # what was pressed is kept before the page is left
            settled(page)
            may_ask.update(["beforeunload"] * page.locator("[data-unsaved]").count())
        page.goto(f"{server.url}/{quote(path, safe='/?=&%')}")
        expect(page.locator(".page-heading")).to_be_visible(timeout=60_000)
        settled(page)
        return page

    yield open_page
    seen = page.locator("body").inner_text()
    assert not re.search(r"Traceback|Error|score|Deploy|gen-\d|undefined|null|None\b", seen)
    hosts = {urlsplit(url).hostname for url in requested if not url.startswith(("blob:", "data:"))}
    assert hosts == {"127.0.0.1"}
    assert set(said) <= may_ask
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    window.clear_cookies()
    page.close()
