"""The live page: the network itself, to be dragged and trained on, with the very same bits as Python.

`web/` holds plain ES modules; this package joins them into one text, gives them colours, presets and a state, and reads
the links that the page makes.
"""
