"""Widgets that get immutable view models and post messages."""
