"""Brings files of a company into the database: customers, devices, people, and past tickets."""
