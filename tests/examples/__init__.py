"""The programs of the guide for integrators, run as their readers run them."""
