"""The command line: for scripts, and for people without a console."""
