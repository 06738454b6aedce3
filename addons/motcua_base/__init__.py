from . import controllers
from . import models
from . import report
from . import wizard
from . import logs
from .controllers import unavailable


def prepare_process():
    """What holds for a whole process of Odoo, whichever database it serves."""
    logs.install()
    unavailable.install()
