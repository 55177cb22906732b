"""Lets `python -m dispatch_tui` be the command."""

from dispatch_tui.cli.entrance import main

main()
