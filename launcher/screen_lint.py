"""A check of ours: tests of the browser read nothing from the screen without waiting.

What is read at once, after something was done, may be what was there before: such a
test passes on a fast machine and fails on a busy one. ``expect`` waits, and so do the
helpers of ``tests/e2e/screen.py``, the one file that may read by itself.
"""

import ast

from . import paths

FOLDER = paths.TESTS / "e2e"
HELPERS = FOLDER / "screen.py"
# Methods of Playwright that answer with what is there now.
DIRECT = set(
    "all_inner_texts all_text_contents aria_snapshot bounding_box content_frame"
    " element_handle element_handles eval_on_selector eval_on_selector_all evaluate"
    " evaluate_all evaluate_handle get_attribute inner_html inner_text input_value"
    " is_checked is_disabled is_editable is_enabled is_focused is_hidden is_visible"
    " query_selector query_selector_all text_content"
    # These look at once whether they had an effect.
    " check set_checked uncheck".split()
)
# These are direct without arguments only; lists and texts have methods of these names.
DIRECT_IF_BARE = {"all", "content", "count", "title"}
SLEEPS = {"sleep", "wait_for_timeout"}


def findings():
    """What the tests of the browser read directly, as ``file:line: what``."""
    return [
        f"{file.relative_to(paths.ROOT)}:{finding}"
        for file in sorted(FOLDER.rglob("*.py"))
        if file != HELPERS
        for finding in directly_read(file.read_text())
    ]


def directly_read(source):
    """``line: what`` of everything in a test's source that does not wait as it
    should, by its place.
    """
    nodes = sorted(
        (node for node in ast.walk(ast.parse(source)) if hasattr(node, "lineno")),
        key=lambda node: (node.lineno, node.col_offset),
    )
    return [
        f"{node.lineno}: {problem}" for node in nodes if (problem := _problem(node))
    ]


def _problem(node):
    if isinstance(node, ast.Attribute) and node.attr == "url":
        owner = ast.unparse(node.value)
        return _is_page(owner) and f"{owner}.url is read without waiting"
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    method = node.func.attr
    bare = not node.args and not node.keywords
    if method in DIRECT or (bare and method in DIRECT_IF_BARE):
        return f"{method}() reads without waiting"
    if method in SLEEPS:
        return f"{method}() sleeps instead of waiting for something"
    if any(keyword.arg == "timeout" for keyword in node.keywords):
        return f"{method}() has a time-out of its own"
    return None


def _is_page(owner):
    return owner.rpartition(".")[2].removesuffix("()").endswith("page")


if __name__ == "__main__":
    raise SystemExit("\n".join(findings()) or None)
