"""Nouns: what a corridor, a question and an answer are.

In: nothing but the standard library. Out: frozen dataclasses and errors. Never here: files, clocks, arrays, prices worked out.
"""
