import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { downloadReport } from "@web/webclient/actions/reports/utils";
import { BatchDialog } from "./batch_dialog";

/** A form of many dossiers: those that have none are named, the others are one file.
 *
 * @returns {Promise<boolean>} whether this was such a print */
export async function printBatch(action, options, env) {
    const { active_ids: ids = [], active_model: model } = action.context || {};
    if (action.report_type !== "qweb-pdf" || model !== "motcua.dossier" || ids.length < 2) {
        return false;
    }
    const apply = (lot) =>
        env.services.orm.silent.call("ir.actions.report", "motcua_check", [
            [action.id],
            lot,
        ]);
    const finish = async (printable) => {
        const context = { ...action.context, active_ids: printable };
        const print = { ...action, context };
        const { success } = await downloadReport(rpc, print, "pdf", user.context);
        if (!success) {
            throw new Error(_t("The server cannot make PDF files at present."));
        }
    };
    await new Promise((resolve) => {
        env.services.dialog.add(
            BatchDialog,
            {
                title: action.name,
                failedTitle: _t("These cannot be printed:"),
                ids,
                apply,
                finish,
            },
            { onClose: resolve }
        );
    });
    return true;
}

registry.category("ir.actions.report handlers").add("motcua_print_batch", printBatch);
