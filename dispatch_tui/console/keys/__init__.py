"""The keys of the console: what each does where, and what a person's own file makes of it."""
