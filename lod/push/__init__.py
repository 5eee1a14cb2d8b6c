"""Sends publications to SPARQL stores, and checks that they arrived."""
