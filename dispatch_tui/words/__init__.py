"""The domain's values in the reader's language and time zone, for every client."""
