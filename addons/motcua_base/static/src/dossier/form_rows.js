import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { formatDay } from "../eform/day";
import { formatMoment } from "../eform/moment";
import { FormRowsDialog } from "./form_rows_dialog";

/** The repeating sections of a dossier's form, as tables; who may correct the dossier
 * edits their rows in a dialog. */
export class FormRows extends Component {
    static template = "motcua_base.FormRows";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ sections: [] });
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.props.record.resId) {
                return this.load(next.record.resId);
            }
        });
    }

    async load(id) {
        this.state.sections = id
            ? await this.orm.call("motcua.dossier", "load_sections", [[id]])
            : [];
    }

    get mayEdit() {
        return this.props.record.data.may_edit;
    }

    /** An answer as people read it. */
    text(column, value) {
        if (value === undefined || value === null || value === "") {
            return "";
        }
        const label = (key) => (column.options || []).find((option) => option[0] === key)?.[1];
        switch (column.type === "computed" ? column.result : column.type) {
            case "boolean":
                return value ? _t("Yes") : _t("No");
            case "date":
                return formatDay(value);
            case "datetime":
                return formatMoment(value);
            case "selection":
                return label(value) || value;
            case "tags":
                return value.map((key) => label(key) || key).join(", ");
        }
        return typeof value === "number"
            ? new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 9 }).format(value)
            : value;
    }

    async edit(section) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        this.dialog.add(FormRowsDialog, {
            dossierId: record.resId,
            section,
            onSaved: async () => {
                await this.load(record.resId);
                // Totals may have changed with the rows.
                await record.load();
            },
        });
    }
}

registry.category("view_widgets").add("motcua_form_rows", { component: FormRows });
