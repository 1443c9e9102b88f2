"""My journey: what a person is to us, what they chose, what lies ahead and what has happened."""
