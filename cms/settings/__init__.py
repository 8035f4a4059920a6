"""Settings of the stand-alone project, from the environment."""
