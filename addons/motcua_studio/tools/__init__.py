from . import form_repair
from . import order
from . import version_diff
