"""Documents in the formats of others: calendars, maps, tables, structured data."""
