"""`python -m app_parts.server run app.py …`: `streamlit run app.py …`, readied while it starts.

What the first page and the first answer need takes longer to load than the server: it is loaded by
the side, while the browser fetches Streamlit's own page.
"""

from __future__ import annotations

import gc
import sys
import threading

from streamlit.web.cli import main as streamlit


def main() -> None:
    """Start the server, and beside it `ready`."""
    # The browser fetches some forty files meanwhile; each waits this long for its turn, in seconds.
    sys.setswitchinterval(0.0005)
    gc.disable()  # what is loaded stays: to look through it for waste takes a tenth of the time
    threading.Thread(target=ready, name="ready", daemon=True).start()
    streamlit(prog_name="streamlit")


def ready() -> None:
    """Load the pages' modules, open the index and ask it once.

    What is wrong with the index is told on standard error; the page tells it too.
    """
    from app_parts import chat_page  # noqa: F401
    from app_parts.opening import current_assistant
    from index.embedding import EmbeddingError
    from index.storage.generations import NoIndex, StoreError

    try:
        current_assistant()
    except NoIndex:
        pass  # the page has a button for that
    except (StoreError, EmbeddingError) as error:
        print("senrei:", " ".join(str(error).split()), file=sys.stderr)
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    main()
