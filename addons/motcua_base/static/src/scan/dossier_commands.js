import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const FOUND = 8;
const MIN_LENGTH = 2;

registry.category("command_categories").add("motcua_dossiers", { namespace: "=" });
registry.category("command_setup").add("=", {
    debounceDelay: 200,
    emptyMessage: _t("No dossier found"),
    name: _t("dossiers"),
    placeholder: _t("Code, name, phone or ID number of a dossier"),
});
registry.category("command_provider").add("motcua_dossiers", {
    namespace: "=",
    async provide(env, { searchValue }) {
        const typed = searchValue.trim();
        const mayRead = await user.checkAccessRight("motcua.dossier", "read");
        if (typed.length < MIN_LENGTH || !mayRead) {
            return [];
        }
        const rows = await env.services.orm.silent.searchRead(
            "motcua.dossier",
            [["display_name", "ilike", typed]],
            ["display_name", "applicant_name", "subject"],
            { limit: FOUND, order: "id desc" }
        );
        return rows.map((row) => ({
            category: "motcua_dossiers",
            name: `${row.display_name} · ${row.applicant_name} · ${row.subject}`,
            action: () =>
                env.services.action.doAction({
                    type: "ir.actions.act_window",
                    res_model: "motcua.dossier",
                    res_id: row.id,
                    views: [[false, "form"]],
                }),
        }));
    },
});
