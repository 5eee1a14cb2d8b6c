"""The site: pages that people read and data that machines follow, for any file host."""
