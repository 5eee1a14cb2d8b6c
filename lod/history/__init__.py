"""What becomes of facts that were published: fates, differences, releases, feeds."""
