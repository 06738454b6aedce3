"""What the launcher says: short lines, and how long each step took."""

import sys
import time
from contextlib import contextmanager


def say(text=""):
    print(text, flush=True)


def complain(text):
    print(f"motcua: {text}", file=sys.stderr, flush=True)


@contextmanager
def step(title):
    """Print ``title``, then its duration when the work inside is done."""
    start = time.monotonic()
    print(f"• {title} …", end=" ", flush=True)
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)
