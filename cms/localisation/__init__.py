"""Translators' work: what is to be translated, what changed since, what goes out and comes in."""
