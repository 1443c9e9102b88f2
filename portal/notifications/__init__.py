"""What people are told by mail when something happens."""
