from . import test_dossier_flow
from . import test_tools_chain
from . import test_tools_clock
from . import test_tools_code
from . import test_tools_fee
from . import test_tools_form
from . import test_tools_identity
from . import test_tools_text
