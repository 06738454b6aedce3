from . import test_access
from . import test_editor
from . import test_form_editor
from . import test_tools_order
from . import test_tools_version_diff
from . import test_version_check
from . import test_version_comparison
from . import test_version_move
