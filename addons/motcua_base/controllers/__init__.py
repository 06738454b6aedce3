from . import desk
from . import report
