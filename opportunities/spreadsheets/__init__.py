"""Needs and offers in a spreadsheet, from bytes to postings and back.

In:  records (bytes → lists of cells) → tables (→ named cells) → cells, rows (→ typed rows)
     → parties, facts (→ what a posting says) → importing (→ drafts).
Out: exporting.
"""
