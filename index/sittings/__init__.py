"""What a record tells of its sittings: whose, when, where, with whom."""
