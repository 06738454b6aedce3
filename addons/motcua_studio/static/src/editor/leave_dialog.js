import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";

/** Asks what to do with work that was not saved. Closing it means to stay. */
export class LeaveDialog extends Component {
    static template = "motcua_studio.LeaveDialog";
    static components = { Dialog };
    static props = { title: String, onSave: Function, onKeep: Function, close: Function };

    async save() {
        await this.props.onSave();
        this.props.close();
    }

    keep() {
        this.props.onKeep();
        this.props.close();
    }
}
