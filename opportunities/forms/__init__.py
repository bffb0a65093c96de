"""What people type about a posting: a page of questions each, in the order of ``steps``.

words → topics → hours → work (only paid work on offer) → terms.
Afterwards: renewal, and what a reviewer answers in decisions.
"""
