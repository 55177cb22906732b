"""The service report on paper and on a terminal: what is read of it, laid out for its reader."""
