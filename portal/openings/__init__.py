"""Openings: something to apply for, written here or read from other sources."""
