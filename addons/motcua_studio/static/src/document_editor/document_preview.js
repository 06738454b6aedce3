import { Component } from "@odoo/owl";
import { Many2XAutocomplete } from "@web/views/fields/relational_utils";

/** The document as it would look, and on whose dossier. */
export class DocumentPreview extends Component {
    static template = "motcua_studio.DocumentPreview";
    static components = { Many2XAutocomplete };
    static props = {
        html: String,
        findings: Array,
        busy: Boolean,
        canChoose: Boolean,
        dossier: [Object, Boolean],
        domain: Array,
        choose: Function,
    };

    get title() {
        return this.props.dossier ? this.props.dossier.name : "";
    }

    update([dossier]) {
        this.props.choose(dossier ? { id: dossier.id, name: dossier.display_name } : false);
    }
}
