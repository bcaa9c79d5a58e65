"""Questions with gold answers, the metrics over them, and the baselines beside."""
