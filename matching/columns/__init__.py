"""What the rules compute on, without Django: facts as columns, an index to them, time as numbers.

Read ``arrays`` first (the columns), then ``book`` (the numbers that words get) and ``pairs``
(two columns side by side). ``index`` and ``discs`` find the few candidates worth a look;
``times`` counts sessions, by ``days``, ``clocks``, ``listed`` and ``tallies``; ``numbers`` and
``ragged`` are what NumPy has no word for.
"""
