"""What one person sees of another: the list of people, a person's page, the door and its effect."""
