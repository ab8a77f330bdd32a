"""The version of the program, as it stands on each plan."""

VERSION = "0.1.0"
