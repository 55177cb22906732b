"""Takes out what is on file: every table, every list, the journal."""
