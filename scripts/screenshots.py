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
VERDICT = "霞野市のAI-OCRの案件は承認されましたか。どのような条件が付きましたか。"
FOLLOW_UP = "画像はサーバにいつまで残りますか。"
LISTING = "AI-OCRの案件は各市でどうなりましたか。"
NOTHING = "楓沢町のドローンの案件は承認されましたか。"
PAPER = """案件シート
件名　通学路への見守りカメラの増設に伴う個人情報の取扱いについて
担当課　学務課
通学路の十か所に見守りカメラを増設する。映像はクラウドサーバに三十日間保存し、自動で消去する。
顔認証は行わない。警察からの照会には、文書による場合に限り提供する。
"""
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
            context = browser.new_context(
                viewport=DESK,  # type: ignore[arg-type]
                device_scale_factor=1.25,
                locale="ja-JP",
            )
            answers(context.new_page(), url)
            desks(context.new_page(), url)
            browser.close()


def answers(page: Page, url: str) -> None:
    """Pictures of the chat."""
    page.goto(url)
    page.locator("textarea").wait_for(timeout=60_000)
    take(page, "start")
    ask(page, VERDICT)
    page.locator('.turn .condition [data-do^="open"]').first.click()
    page.locator(".source mark").wait_for()
    page.mouse.move(0, 0)
    page.locator(".turn").first.evaluate("turn => turn.scrollIntoView({block: 'start'})")
    take(page, "verdict")
    ask(page, FOLLOW_UP)
    page.locator(".turn").last.locator('.lead [data-do^="open"]').first.click()
    take(page, "follow-up")
    for question, picture in ((LISTING, "list"), (NOTHING, "nothing-found")):
        page.get_by_role("button", name="新しい会話").click()
        page.get_by_text("質問の例").wait_for()
        ask(page, question)
        take(page, picture)


def desks(page: Page, url: str) -> None:
    """A picture of each page beside the chat."""

    def opened(address: str) -> None:
        page.goto(f"{url}/{address}")
        page.locator(".page-heading").wait_for(timeout=60_000)

    page.goto(url)
    page.locator("textarea").wait_for(timeout=60_000)
    for question in (VERDICT, LISTING):
        ask(page, question)
        page.get_by_role("button", name="この質問を保存").last.click()
        page.get_by_text("保存しました").last.wait_for(timeout=60_000)
    opened("saved")
    page.locator(".saved").nth(1).wait_for(timeout=60_000)
    page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=60_000, state="attached")
    take(page, "saved")
    opened("precedents")
    page.locator(".precedents tbody tr").first.wait_for()
    take(page, "precedents")
    page.locator(".precedents tr", has_text="通学路見守りカメラ").locator("a.title").first.click()
    page.locator(".dossier h2").wait_for()
    take(page, "case")
    opened("conditions")
    page.locator(".tracked tbody tr").first.wait_for()
    take(page, "conditions")
    opened("foresight")
    page.get_by_label("または、文章を貼り付ける").fill(PAPER)
    page.get_by_role("button", name="先例と質問を調べる").click()
    page.locator(".asked-once").first.wait_for(timeout=60_000)
    take(page, "foresight")
    opened("reply")
    page.get_by_label("質問から").fill(VERDICT)
    page.get_by_role("button", name="この質問の回答案を作る").click()
    page.get_by_label("結論の文").first.wait_for(timeout=60_000)
    take(page, "reply")
    for address in ("first_steps", "records"):
        opened(address)
        page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=60_000)
        take(page, address.replace("_", "-"))


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The app over the index, on a free port, until the pictures are taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "assistant", "serve", "--index", str(index)]
    with (
        tempfile.TemporaryDirectory() as notes,  # what is saved for a picture is nobody's
        subprocess.Popen(
            [*command, "--port", str(port)], cwd=ROOT, process_group=0,
            env={**os.environ, "SENREI_NOTES": notes},
        ) as process,
    ):  # fmt: skip
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
    page.wait_for_timeout(900)  # the page scrolls to the answer's head when it has come to rest


def take(page: Page, name: str) -> None:
    """Write one picture, when the page has come to rest."""
    page.wait_for_timeout(900)
    page.screenshot(path=IMAGES / f"{name}.png")
    print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
