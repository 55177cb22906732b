"""What stands in the panes: view models turned into rows and paragraphs."""
