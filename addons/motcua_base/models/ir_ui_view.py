from odoo import models

from ..tools.naming import is_ours

NUMBERS = ("integer", "float")


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_tag_field(self, node, name_manager, node_info):
        """Numbers of our models are read by our reader, wherever they can be typed and
        without naming it there: Odoo's takes 2.5 for 25 in Vietnamese."""
        model = name_manager.model
        field = model._fields.get(node.get("name"))
        if (
            field
            and field.type in NUMBERS
            and is_ours(model._name)
            and not node.get("widget")
            and _takes_typing(node)
        ):
            node.set("widget", f"motcua_{field.type}")
        return super()._postprocess_tag_field(node, name_manager, node_info)


def _takes_typing(node):
    view = next(node.iterancestors("form", "list", "kanban", "search", "graph"), None)
    return view is not None and (view.tag == "form" or bool(view.get("editable")))
