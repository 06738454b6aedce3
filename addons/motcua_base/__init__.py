from . import controllers
from . import models
from . import report
from . import wizard
from .controllers.unavailable import install as serve_politely
