"""Pages: one view model of a publication, the words of the interface, templates and drawings."""
