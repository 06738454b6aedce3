from . import desk
from . import document
from . import report
from . import upload
