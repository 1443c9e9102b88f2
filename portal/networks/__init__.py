"""Industry networks and who belongs to them."""
