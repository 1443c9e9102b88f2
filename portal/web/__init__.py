"""How pages are made and answered; knows Flask, but nothing of the domain."""
