"""The two feedback channels of every page."""
