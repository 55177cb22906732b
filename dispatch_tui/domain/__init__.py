"""The promises and the course of a case: pure, without I/O and without a clock of its own."""
