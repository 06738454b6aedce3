from . import desk
from . import document
from . import export
from . import report
from . import upload
from . import unavailable
