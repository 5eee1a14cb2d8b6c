"""The vocabulary as data: classes, properties, concepts and the names that code may use."""
