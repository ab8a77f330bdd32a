"""Tests of the walk of a finished plan."""
