"""A demo world that makes every page worth a look, and its one-click sign-ins."""
