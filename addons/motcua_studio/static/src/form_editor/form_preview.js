import { Component, useState } from "@odoo/owl";
import { EForm } from "@motcua_base/eform/eform";

/** The form as it will be seen, working, at the width of a computer or a phone. */
export class FormPreview extends Component {
    static template = "motcua_studio.FormPreview";
    static components = { EForm };
    static props = { model: Object, wide: Boolean, onWidth: Function };

    setup() {
        this.state = useState(this.props.model.state);
    }
}
