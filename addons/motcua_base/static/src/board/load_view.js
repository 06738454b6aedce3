import { registry } from "@web/core/registry";
import { KanbanHeader } from "@web/views/kanban/kanban_header";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/** Names the column of work that nobody has yet. */
export class LoadHeader extends KanbanHeader {
    static template = "motcua_base.LoadHeader";
}

export class LoadRenderer extends KanbanRenderer {
    static components = { ...KanbanRenderer.components, KanbanHeader: LoadHeader };
}

registry.category("views").add("motcua_load", { ...kanbanView, Renderer: LoadRenderer });
