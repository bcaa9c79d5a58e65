"""Build time: from files to a searchable index. Never imports `assistant`."""
