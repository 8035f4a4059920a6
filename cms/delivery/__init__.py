"""The read model: a write marks, a drain projects, outlets show documents."""
