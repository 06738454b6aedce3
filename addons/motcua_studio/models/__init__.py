from . import editor
from . import form_editor
from . import form_editor_types
from . import form_field
from . import procedure_version
from . import version_screen
from . import version_words
from . import workflow
