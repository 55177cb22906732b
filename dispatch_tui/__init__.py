"""The dispatch console of a medical equipment service centre."""

__version__ = "0.2.0"
