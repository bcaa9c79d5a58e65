"""Where and how a record names the matters before a council, and which names mean the same one."""
