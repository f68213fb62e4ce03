"""What every mistake of a user has in common."""


class UserError(Exception):
    """Something the user can mend. Each argument is a mistake in one line: where, what is wrong, what would fit.

    The command line prints it without a traceback and leaves with exit code 2.
    """

    @property
    def lines(self) -> tuple[str, ...]:
        """The mistakes, a line each."""
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return "\n".join(self.lines)
