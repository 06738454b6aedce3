from . import version_diff
