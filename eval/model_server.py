"""A server on loopback that speaks the OpenAI protocol and answers by a script, faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.language_model.models import ModelSettings
from eval.scripted_writers import Reply

FAULTS = (
    "hangs", "hangs in mid-stream", "drips", "500", "stops mid-stream", "closes at once",
    "nonsense", "no JSON", "empty", "100 KB", "one endless line", "401", "404", "redirects",
    "only pings",
)  # fmt: skip


@dataclass
class Script:
    """What the server does: replies in pieces of `piece` characters, or fails as `fault` says."""

    reply: Reply = lambda messages: ""
    fault: str = ""
    piece: int = 12
    pause: float = 0.0  # seconds between pieces
    elsewhere: str = ""  # where it redirects to
    keys: list[str] = field(default_factory=list)  # the Authorization of each request
    left: threading.Event = field(default_factory=threading.Event)  # whoever asked went away
    bodies: list[dict[str, Any]] = field(default_factory=list)  # of each request
    asked: list[list[str]] = field(default_factory=list)  # the texts of each request's messages
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """The base URL of a server that follows the script; the script may be changed meanwhile."""

    class Handler(_Handler):
        given = script

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        script.closing.set()
        server.shutdown()
        server.server_close()


def settings(url: str, name: str = "openai:scripted", **more: Any) -> ModelSettings:
    """The settings that reach the server."""
    return ModelSettings(name, url, **more)


class _Handler(BaseHTTPRequestHandler):
    given: Script
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def do_POST(self) -> None:
        script = self.given
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [str(message["content"]) for message in body["messages"]]
        script.asked.append(texts)
        script.bodies.append(body)
        script.keys.append(self.headers.get("Authorization", ""))
        fault = script.fault
        try:
            if fault == "hangs":
                script.closing.wait(30)
            elif fault == "closes at once":
                self.close_connection = True
            elif fault in ("500", "401", "404"):
                # some servers say what they were sent
                told = {"error": {"message": f"no: {self.headers.get('Authorization')}"}}
                self._whole(int(fault), json.dumps(told).encode())
            elif fault == "redirects":
                self._whole(307, b"", Location=script.elsewhere or "http://evil.example/v1")
            elif fault == "no JSON":
                self._whole(200, b"<html>It works!</html>")
            else:
                self._stream(_faulty(fault, script.reply(texts)), fault, script)
        except OSError:
            script.left.set()

    def _whole(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, reply: str, fault: str, script: Script) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while fault == "only pings" and not script.closing.is_set():
            self.wfile.write(b": ping\n\n")
            self.wfile.flush()
            time.sleep(0.1)
        pieces = [reply[n : n + script.piece] for n in range(0, len(reply), script.piece)]
        for n, piece in enumerate(pieces):
            if n == 2 and fault == "stops mid-stream":
                return
            if n == 2 and fault == "hangs in mid-stream":
                script.closing.wait(30)
                return
            self._event({"delta": {"role": "assistant", "content": piece}, "finish_reason": None})
            if pause := (1.0 if fault == "drips" else script.pause):
                time.sleep(pause)
        self._event({"delta": {}, "finish_reason": "stop"})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, choice: dict[str, Any]) -> None:
        told = {
            "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
            "choices": [{"index": 0, **choice}],
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(told)}\n\n".encode())
        self.wfile.flush()


def _faulty(fault: str, reply: str) -> str:
    match fault:
        case "empty":
            return ""
        case "nonsense":
            return "%$#)(*&^ \x00\x07 ]]}}</s> ﷽ 𝕬𝕭 <|endoftext|> {{{{ [1][2][3] 「「「「" * 5
        case "100 KB":
            return ("あいうえお。[1]「かきくけこ」\n" * 6_000)[:100_000]
        case "one endless line":
            return "あ" * 100_000
        case "stops mid-stream" | "hangs in mid-stream":
            return reply + "。" * 100
    return reply
