import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useDebounced } from "@web/core/utils/timing";
import { iconOf } from "./field_icons";

/** Takes over fields of another procedure's form. */
export class CopyDialog extends Component {
    static template = "motcua_studio.CopyDialog";
    static components = { Dialog };
    static props = { model: Object, close: Function };

    setup() {
        this.iconOf = iconOf;
        this.state = useState({ typed: "", forms: [], chosen: false, rows: [], ticked: {} });
        this.findSoon = useDebounced(() => this.find(), 250);
        onWillStart(() => this.find());
    }

    async find() {
        this.state.forms = await this.props.model.call("find_forms", this.state.typed);
    }

    async open(versionId) {
        const { state } = this;
        state.rows = await this.props.model.readForm(versionId);
        Object.assign(state, { chosen: versionId, ticked: {} });
    }

    get sections() {
        const sections = [];
        for (const row of this.state.rows) {
            if (sections.at(-1)?.title !== row.section) {
                sections.push({ title: row.section, rows: [] });
            }
            sections.at(-1).rows.push(row);
        }
        return sections;
    }

    isTicked(rows) {
        return rows.every((row) => this.state.ticked[row.name]);
    }

    tick(rows, ticked) {
        for (const row of rows) {
            this.state.ticked[row.name] = ticked;
        }
    }

    get chosenRows() {
        return this.state.rows.filter((row) => this.state.ticked[row.name]);
    }

    insert() {
        this.props.model.insert(this.chosenRows);
        this.props.close();
    }
}
