"""Events: gatherings at a time, with places that people take and give back."""
