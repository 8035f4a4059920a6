"""The guide for those who integrate the API, shown at the API's prefix itself.

Its sources are ``docs/integrators.md`` and its translations. What they say of parameters,
operations, licence and contact is taken from the API and from the site when the page is made.
"""
