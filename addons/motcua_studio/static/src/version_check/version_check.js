import { Component, onWillStart, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * What stands against publishing a version, each with a way to mend it. Read anew
 * whenever the administrator comes back from mending.
 */
export class VersionCheck extends Component {
    static template = "motcua_studio.VersionCheck";
    static components = { Layout };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Check");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.display = { controlPanel: {} };
        this.versionId = this.props.action.context.active_id;
        this.state = useState({ name: "", is_draft: false, findings: [] });
        onWillStart(() => this.load());
    }

    async load() {
        const found = await this.orm.call("motcua.procedure.version", "check_list", [
            this.versionId,
        ]);
        Object.assign(this.state, found);
        this.env.config.setDisplayName(found.name);
    }

    get sections() {
        const { findings } = this.state;
        return [
            {
                key: "problem",
                title: _t("To be mended before publishing"),
                icon: "fa-times-circle text-danger",
                findings: findings.filter((finding) => finding.blocks),
            },
            {
                key: "warning",
                title: _t("To be looked at"),
                icon: "fa-exclamation-triangle text-warning",
                findings: findings.filter((finding) => !finding.blocks),
            },
        ].filter((section) => section.findings.length);
    }

    get mayPublish() {
        const { is_draft: isDraft, findings } = this.state;
        return isDraft && !findings.some((finding) => finding.blocks);
    }

    open(finding) {
        return this.action.doAction(finding.action, { onClose: () => this.load() });
    }

    publish() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Publish"),
            body: _t("A published version can no longer be changed. Publish it?"),
            confirmLabel: _t("Publish"),
            confirm: async () => {
                await this.orm.call("motcua.procedure.version", "action_publish", [
                    [this.versionId],
                ]);
                this.notification.add(_t("Published."), { type: "success" });
                this.env.config.historyBack();
            },
            cancel: () => {},
        });
    }
}

registry.category("actions").add("motcua_version_check", VersionCheck);
