"""No match yet: what stands in the way of a posting, and what one change of it would gain.

``almost`` holds one posting against all who share its topic, ``widening`` tries what it could
change; ``told`` says what of both may be told, and ``counting`` stores it as an ``Outlook``.
``words`` and ``views`` show it, ``one_click`` makes the change.
"""
