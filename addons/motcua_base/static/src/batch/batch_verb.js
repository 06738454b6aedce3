import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { BatchDialog } from "./batch_dialog";

/** The action that a dialog about a step of many dossiers ends with. */
export function startBatch(env, { params }) {
    const apply = (lot) =>
        env.services.orm.silent.call("motcua.dossier.verb", "apply_to", [
            [params.wizard],
            lot,
        ]);
    return new Promise((resolve) => {
        env.services.dialog.add(
            BatchDialog,
            {
                title: params.title,
                failedTitle: _t("These stay where they are:"),
                ids: params.dossiers,
                apply,
            },
            { onClose: () => resolve({ type: "ir.actions.act_window_close" }) }
        );
    });
}

registry.category("actions").add("motcua_batch", startBatch);
