from . import document_starter
from . import version_comparison
from . import version_move
from . import workflow_adapt
