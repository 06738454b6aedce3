from . import test_editor
