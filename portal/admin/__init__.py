"""Administration: people and their relations, organisations, roles, and how the portal is doing."""
