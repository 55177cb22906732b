"""`python -m dispatch_tui` is the command line."""

from dispatch_tui.cli.main import main

main()
