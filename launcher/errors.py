"""The one kind of error that a user sees."""


class LauncherError(Exception):
    """Something the user can act on, said in one sentence; the command line prints it
    and exits with status 1.
    """
