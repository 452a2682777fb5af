"""Rules on what a county wrote, in one visible list: `toolkit.checks.run.CHECKS`."""
