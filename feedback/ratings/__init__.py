"""Experience ratings: how clear the information of a page is, told by who read it."""
