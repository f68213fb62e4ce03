"""reluviz: films that make backpropagation visible.

Data flows one way: an experiment (TOML) is trained by `core`, understood by `analysis`, told by `story`,
put on screen by `stage` and packed for lectures by `publish`. Each package imports only those before it.
"""


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version  # slow to import, and seldom asked for

        return version("reluviz")
    raise AttributeError(f"module 'reluviz' has no attribute {name!r}")
