from . import editor
from . import procedure_version
from . import workflow
