"""The directory: people who chose to be seen, found by name and network."""
