from . import editor
from . import procedure_version
from . import version_screen
from . import version_words
from . import workflow
