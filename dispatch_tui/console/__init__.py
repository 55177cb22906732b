"""The console: what people see and press, drawn with Textual."""
