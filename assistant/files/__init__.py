"""Files written for a person's own programs: Word, Excel, CSV."""
