"""What people are told when something happens: in the portal, and by mail as they choose."""
