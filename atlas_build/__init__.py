"""Builds the world atlas, ``src/landbridge/data/world.atlas``, from pinned open packages and the sourced tables beside this file.

In: packages of ``inputs.csv`` (by name, version and SHA-256), the tables. Out: one binary file and a log of every gap that was bridged.
Never here: anything that the installed package needs at run time, figures without a source, corrections in code.
"""
