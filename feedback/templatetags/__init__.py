"""Template tags of the feedback channels."""
