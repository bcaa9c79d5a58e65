"""Start the app on records/sample and write the pictures of docs/images/.

    python scripts/screenshots.py [--index DIR]

Without --index the sample is built anew in a temporary folder, which takes a minute or two.
Wants Chromium (or Chrome) and a Japanese font on the machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
DESK = {"width": 1366, "height": 768}
TABLET = {"width": 820, "height": 1180}
VERDICT = "霞野市のAI-OCRの案件は承認されましたか。どのような条件が付きましたか。"
FOLLOW_UP = "画像はサーバにいつまで残りますか。"
LISTING = "AI-OCRの案件は各市でどうなりましたか。"
NOTHING = "楓沢町のドローンの案件は承認されましたか。"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, help="an index of records/sample")
    index = parser.parse_args().index
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("screenshots: there is no chromium or google-chrome on this machine")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if index is None:
            index = Path(folder)
            build = [sys.executable, "-m", "assistant", "build", "records/sample"]
            subprocess.run([*build, "--index", str(index)], cwd=ROOT, check=True)
        with served(index) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
            for size, name in ((DESK, ""), (TABLET, "-tablet")):
                context = browser.new_context(
                    viewport=size,  # type: ignore[arg-type]
                    device_scale_factor=1.25,
                    locale="ja-JP",
                )
                page = context.new_page()
                page.goto(url)
                page.locator("textarea").wait_for(timeout=60_000)
                take(page, f"start{name}")
                ask(page, VERDICT)
                page.locator('.turn .condition [data-do^="open"]').first.click()
                page.locator(".source mark").wait_for()
                page.mouse.move(0, 0)
                take(page, f"verdict{name}")
                if name:
                    continue
                ask(page, FOLLOW_UP)
                page.locator(".turn").last.locator('.lead [data-do^="open"]').first.click()
                take(page, "follow-up")
                for question, picture in ((LISTING, "list"), (NOTHING, "nothing-found")):
                    page.get_by_role("button", name="新しい会話").click()
                    page.get_by_text("質問の例").wait_for()
                    ask(page, question)
                    take(page, picture)
            browser.close()


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The app over the index, on a free port, until the pictures are taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "assistant", "serve", "--index", str(index)]
    with subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, process_group=0) as process:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield url
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the command and the server that it started."""
    os.killpg(process.pid, signal.SIGTERM)


def ask(page: Page, question: str) -> None:
    """Type a question, and wait for its answer."""
    turns = page.locator(".turn")
    before = turns.count()
    page.locator("textarea").fill(question)
    page.keyboard.press("Enter")
    turns.nth(before).locator(".lead").wait_for(timeout=60_000)
    page.locator("textarea").blur()


def take(page: Page, name: str) -> None:
    """Write one picture, when the page has come to rest."""
    page.wait_for_timeout(900)
    page.screenshot(path=IMAGES / f"{name}.png")
    print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
