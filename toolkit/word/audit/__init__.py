"""What is wrong with a Word file or a template."""
