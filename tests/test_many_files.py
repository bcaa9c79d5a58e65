"""Many files: nothing is done again for what has not changed, or has only got another name."""

import time
from pathlib import Path

from conftest import ROOT
from stand_ins import HashEmbedder, NoEmbedder

from index.build import build

FILES = 24
MINUTES = (ROOT / "records/sample/hokushin-r2-4.txt").read_text(encoding="utf-8")


def put(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        # As many texts as files, or the vectors of one would do for all.
        words = MINUTES.replace("。", f"（{number}）。")
        (folder / f"{number}.txt").write_text(words, encoding="utf-8")
    return folder


def test_what_has_not_changed_is_not_done_again(tmp_path: Path) -> None:
    records, index = put(tmp_path / "records", range(FILES)), tmp_path / "index"
    build([records], index, embedder=HashEmbedder())
    begun = time.process_time()
    again = build([records], index, embedder=NoEmbedder())
    nothing = time.process_time() - begun
    assert (again.read, again.unchanged, again.changed) == (0, FILES, False)

    (records / "0.txt").rename(records / "別名.txt")
    (records / "1.txt").unlink()
    renamed = build([records], index, embedder=NoEmbedder())  # its vectors are known by its text
    assert (renamed.read, renamed.unchanged, renamed.removed) == (1, FILES - 2, 2)

    begun = time.process_time()
    build([records], index.with_name("anew"), embedder=HashEmbedder())
    everything = time.process_time() - begun
    assert nothing < 0.2 * everything
