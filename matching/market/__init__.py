"""The postings as the matcher has them: rows, the facts that the rules read, and columns.

``retrieve`` reads the few that a decision is about as rows, ``parties`` who stands behind
them; ``touched`` says what is to be looked at again. ``live`` reads all that are live as
columns, a ``shelf`` keeps them findable, and the ``board`` keeps both sides fresh.
"""
