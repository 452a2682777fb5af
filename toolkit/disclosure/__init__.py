"""What published files give away of low counts. Knows nothing of how they were planned."""
