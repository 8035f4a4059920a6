"""Translations as files: out to a translator's own tool, and in again without loss or surprise."""
