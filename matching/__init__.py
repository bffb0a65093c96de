"""Who fits whom, whom we ask, and what people answer.

Read ``pipeline`` first: the whole way on one page. ``rules`` has the twelve rules by their
numbers, ``score``, ``worth`` and ``allocate`` what comes after them, ``actions`` what people
and time can do to a match. The folders: ``columns`` (what the rules compute on), ``market``
(the postings as the matcher has them), ``no_match`` (what stands in the way of one), ``shown``
(a match as one side sees it).
"""
