"""The screens over the three panes: forms, menu, help."""
