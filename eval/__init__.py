"""Questions with gold answers, the metrics over them, and the baselines beside."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `senrei` has it, before NumPy is loaded
