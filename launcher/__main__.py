"""``python3 -m launcher``: what the ``motcua`` script starts."""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
