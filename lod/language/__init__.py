"""How languages write: a folder of data each, and the readers of numbers, times and words."""
