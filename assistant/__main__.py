"""The command line: `senrei`, or `python -m assistant`.

Exit codes: 0 done, 1 a fault told in one line on standard error, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.faults import Fault

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app.py"  # installed or not, it lies beside us


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    _speak_utf8()
    # NumPy computes one short question at a time: threads would cost more than they give, and on a
    # busy machine twenty times as much. It reads this when it is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Most of what is made stays: to look through it for waste less often saves a tenth of the time.
    gc.set_threshold(50_000, 20, 50)
    parsed = _parser().parse_args(arguments)
    try:
        code = _run(parsed)
        sys.stdout.flush()
        return code
    except Fault as fault:
        return _fail(str(fault), fault.code)
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python would complain once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        return _fail("stopped")
    except Exception as error:  # a fault of ours: in one line too, unless someone is looking for it
        if os.environ.get("SENREI_TRACEBACK"):
            raise
        return _fail(
            f"an unexpected fault, {type(error).__name__}: {error} (SENREI_TRACEBACK=1 shows where)"
        )


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "serve":
        return serve(arguments)
    # A second's work, and more: only for those who read or ask.
    from assistant.commands import run

    return run(arguments)


def _fail(message: str, code: int = 1) -> int:
    print("senrei:", " ".join(message.split()), file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """Japanese Windows would read and write CP932 where it is no console but a file or a pipe."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig")  # PowerShell begins with a mark of order


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="senrei",
        description="Looks up precedents in the minutes of councils on personal information.",
    )
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True
    )

    command = commands.add_parser("build", help="bring the index up to date with the records")
    command.add_argument(
        "records",
        nargs="*",
        type=Path,
        metavar="RECORDS",
        help="folders or files (records/; while there is nothing of yours in it, records/sample/)",
    )
    _add_index(command)

    command = commands.add_parser("cases", help="list the cases")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    _add_index(command)

    command = commands.add_parser("ask", help="answer a question")
    command.add_argument(
        "question", nargs="*", metavar="QUESTION", help="one question, or a conversation"
    )
    command.add_argument("--json", action="store_true", help="the answer as JSON")
    command.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"id": …, "turns": […]} a line from standard input, write one answer a line',
    )
    command.add_argument(
        "--explain",
        action="store_true",
        help="with --json or --jsonl: what was understood and found, and how",
    )
    _add_index(command)

    command = commands.add_parser("serve", help="open the app in the browser")
    command.add_argument("--port", type=_port, help="its port (8501, or the next that is free)")
    _add_index(command)
    return parser


def _port(given: str) -> int:
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 65535:
        raise argparse.ArgumentTypeError(f"{given!r} is no port (1 to 65535)")
    return int(given)


def _add_index(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--index",
        type=Path,
        default=Path(os.environ.get("SENREI_INDEX") or ".senrei"),
        metavar="DIR",
        help="the folder of the index ($SENREI_INDEX, or else .senrei)",
    )


# --- serve -----------------------------------------------------------------------------------


def serve(arguments: argparse.Namespace) -> int:
    """Start the app, and wait for its end. Raises Fault.

    What is wrong with the index, the app tells: on the page, and here on standard error.
    """
    if not APP.is_file():
        raise Fault(f"{APP} is missing. Install Senrei again.")
    # The app's own .streamlit/config.toml is found only from the project's folder.
    settings = {
        "server.address": "127.0.0.1",
        "server.headless": str(not _has_display()).lower(),
        "server.showEmailPrompt": "false",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    if arguments.port is not None:
        settings["server.port"] = str(arguments.port)
    command = [sys.executable, "-m", "app_parts.server", "run", str(APP)]
    for name, value in settings.items():
        command += [f"--{name}", value]
    environment = {
        **os.environ,
        "SENREI_INDEX": str(arguments.index.absolute()),
        "PYTHONPATH": os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)])),
        "PYTHONUTF8": "1",  # Japanese Windows would else write its log in CP932
    }
    with subprocess.Popen(command, env=environment) as process:
        # Stopped as a service is, we would else leave the app behind, holding its port.
        before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            code = process.wait()
        except KeyboardInterrupt:  # the app has been told too, and ends by itself
            process.wait()
            code = 0
        finally:
            signal.signal(signal.SIGTERM, before)
            process.terminate()  # which is nothing to one that has ended
    # Stopping it by Ctrl+C, or by closing its window, is how it is meant to end.
    if code > 0 and code != 130:
        raise Fault(f"the app ended with code {code}; what it said stands above")
    return 0


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
