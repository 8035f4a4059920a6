"""The public shapes of centres, programmes, acts and vocabularies, and how they are built."""
