"""reluviz: films that make backpropagation visible.

Data flows one way: an experiment (TOML) is trained by `core`, understood by `analysis`, told by `story`,
put on screen by `stage` and packed for lectures by `publish`. Each package imports only those before it.
"""

from importlib.metadata import version

__version__ = version("reluviz")
