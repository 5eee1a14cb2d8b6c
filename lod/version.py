"""The version of lod: said here, read by the build of the package."""

__version__ = "0.2.0.dev0"
