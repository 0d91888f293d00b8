"""The command line: one verb, one file.

``parser`` knows the verbs, ``options`` what they have in common, ``output`` where data goes. Each verb has
``add_parser``, which costs nothing, and ``run``, which does the work and returns the exit code.
"""
