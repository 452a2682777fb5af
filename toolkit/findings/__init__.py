"""What is said of a file, and in which words."""
