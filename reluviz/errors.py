"""What every mistake of a user has in common."""


class UserError(Exception):
    """Something the user can mend. The message is one line: where, what is wrong, what would fit.

    The command line prints it without a traceback and leaves with exit code 2.
    """
