"""Administration: how the portal is doing, and the jobs that need a hand."""
