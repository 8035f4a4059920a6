"""Reports of inaccessibility: law 4/2004, articles 3-quater and 3-quinquies."""
