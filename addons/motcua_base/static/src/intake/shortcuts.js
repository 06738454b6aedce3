import { Component, useState } from "@odoo/owl";

/** Buttons of the procedures used most, each with its key. */
export class Shortcuts extends Component {
    static template = "motcua_base.Shortcuts";
    static props = { model: Object, onChoose: Function };

    setup() {
        this.state = useState(this.props.model.state);
    }

    isChosen(row) {
        const { item } = this.state.form;
        return item && item.procedure_id === row.procedure_id;
    }
}
