"""Blocks → WordprocessingML, part by part."""
