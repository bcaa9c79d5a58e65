"""What the part of a record on one matter says: where it begins and ends, its papers, its verdict."""
