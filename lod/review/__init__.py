"""What somebody should look at: claims that cannot all hold, and claims that may hold no more."""
