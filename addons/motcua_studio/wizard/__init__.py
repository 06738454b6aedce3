from . import version_comparison
