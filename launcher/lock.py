"""One launcher at a time where two would be in each other's way."""

import fcntl
from contextlib import contextmanager

from . import paths
from .console import say


@contextmanager
def exclusive(purpose):
    """Hold one of the clone's locks; the kernel frees it however the process ends."""
    paths.make_state_folders()
    with open(paths.STATE / f"{purpose}.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ./motcua is at work here; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
