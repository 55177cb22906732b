"""The use cases: permission, transaction, read models; the one door to every write."""
