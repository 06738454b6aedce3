import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { LatestAnswer } from "@motcua_base/latest/latest_answer";
import { iconOf } from "./field_icons";

/** Takes over fields of another procedure's form. */
export class CopyDialog extends Component {
    static template = "motcua_studio.CopyDialog";
    static components = { Dialog };
    static props = { model: Object, close: Function };

    setup() {
        this.iconOf = iconOf;
        this.state = useState({
            typed: "",
            finding: false,
            forms: [],
            chosen: false,
            rows: [],
            ticked: {},
        });
        this.search = new LatestAnswer(this.state, "finding", 250, {
            ask: () => this.props.model.call("find_forms", this.state.typed),
            take: (forms) => (this.state.forms = forms),
            fail: (error) => {
                throw error;
            },
        });
        onWillStart(() => this.search.now());
        onWillUnmount(() => this.search.drop());
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
