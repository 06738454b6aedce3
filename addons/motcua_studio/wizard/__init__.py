from . import version_comparison
from . import version_move
