import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/** Dropping a card on another column calls the verb that leads there: the server says
 * what has to be asked for, or why it cannot go. */
export class BoardRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.actionService = useService("action");
    }

    async sortRecordDrop(dataRecordId, dataGroupId, params) {
        const { list } = this.props;
        const from = list.groups?.find((group) => group.id === dataGroupId);
        const to = list.groups?.find((group) => group.id === params.parent?.dataset.id);
        if (list.groupByField?.name !== "stage_id" || !from || !to || from === to) {
            return super.sortRecordDrop(...arguments);
        }
        params.parent.classList.remove("o_kanban_hover");
        const card = from.list.records.find((record) => record.id === dataRecordId);
        if (!card) {
            return;
        }
        this.toggleProcessing(dataRecordId, true);
        try {
            const seen = card.data.task_id;
            const dialog = await this.orm.call(
                "motcua.dossier",
                "action_drag",
                [[card.resId], to.value],
                { context: seen ? { tasks_seen: [seen.id] } : {} }
            );
            if (dialog) {
                await this.actionService.doAction(dialog, {
                    onClose: () => list.model.load(),
                });
            } else {
                await list.model.load();
            }
        } finally {
            this.toggleProcessing(dataRecordId, false);
        }
    }
}

export class BoardController extends KanbanController {
    static template = "motcua_base.BoardView";
}

registry.category("views").add("motcua_board", {
    ...kanbanView,
    Controller: BoardController,
    Renderer: BoardRenderer,
});
