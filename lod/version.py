"""The version of lod: said here, read by the build of the package."""

__version__ = "0.1.0"
