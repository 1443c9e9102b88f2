"""The portal: one person for life, in one house of small rooms (docs/architecture.md)."""
