from . import desk
from . import report
from . import upload
