"""What every endpoint shares: the middleware, problems, conditions, cursors, locales."""
