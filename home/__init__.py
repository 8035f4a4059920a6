"""The home page, standard pages and navigation of the stand-alone site."""
