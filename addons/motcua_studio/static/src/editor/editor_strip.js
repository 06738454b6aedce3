import { Component, useState } from "@odoo/owl";

/** Says what went wrong in saving, or that something was not saved yet. */
export class EditorStrip extends Component {
    static template = "motcua_studio.EditorStrip";
    static props = { model: Object };

    setup() {
        this.state = useState(this.props.model.state);
    }
}
