"""Raw files to records: the only room that reads and writes feeds.

In: a folder, a zip file, an .xlsx workbook or the name of a shipped feed; a forwarder's own rates. Out: a Dataset and findings
(file, row, column, code, what is wrong, what to do); the same feed in another format; the pages that describe both.
Never here: prices, dates and ways worked out, a place on the clock, the network.

The one field dictionary is ``fields.csv`` with ``tables.csv``; the one list of finding codes is ``codes.py``.
"""
