"""One launcher at a time: set-up and database changes of one clone do not overlap."""

import fcntl
from contextlib import contextmanager

from . import paths
from .console import say


@contextmanager
def exclusive():
    """Hold the clone's lock; the kernel frees it when the process ends, however it
    ends.
    """
    paths.make_state_folders()
    with open(paths.STATE / "lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ./motcua is at work here; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
