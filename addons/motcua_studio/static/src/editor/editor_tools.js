import { Component, useState } from "@odoo/owl";

/** Undo, redo, and whether all is saved. */
export class EditorTools extends Component {
    static template = "motcua_studio.EditorTools";
    static props = { model: Object, slots: { type: Object, optional: true } };

    setup() {
        this.state = useState(this.props.model.state);
    }
}
