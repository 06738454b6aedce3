import { Component, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** All settings on one page: what each is for, how it stands, and the way there. */
export class SettingsAction extends Component {
    static template = "motcua_base.SettingsAction";
    static components = { Layout };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Settings");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        onWillStart(async () => {
            this.cards = await this.orm.call("motcua.settings", "load", []);
        });
    }

    open(link) {
        this.action.doAction(link.action);
    }
}

registry.category("actions").add("motcua_settings", SettingsAction);
