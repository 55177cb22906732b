"""The dispatch console of a medical equipment service centre."""

__version__ = "0.1.0"
