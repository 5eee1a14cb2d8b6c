"""Measures lod against other tools and against what its parts could reach at best."""
