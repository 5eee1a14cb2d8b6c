"""The data of a site: a file for every thing, downloads, and what machines follow."""
