"""What one county has sent: records, values that are derived, what is carried over to the next
year."""
