/* global SignaturePad */

import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { loadJS } from "@web/core/assets";
import { Dialog } from "@web/core/dialog/dialog";

// Width of the paper to its height.
const RATIO = 3;

/** Who receives a result signs by hand. Odoo's own dialog would also write the name in a
 * pretty script or load a picture, which is nobody's signature. */
export class SignatureDialog extends Component {
    static template = "motcua_base.SignatureDialog";
    static components = { Dialog };
    static props = { name: String, confirm: Function, close: Function };

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({ isEmpty: true });
        onWillStart(() => loadJS("/web/static/lib/signature_pad/signature_pad.umd.js"));
        onMounted(() => this.start());
    }

    start() {
        const { el } = this.canvas;
        el.width = el.clientWidth;
        el.height = Math.floor(el.clientWidth / RATIO);
        this.pad = new SignaturePad(el, { penColor: "DarkBlue", minWidth: 2, maxWidth: 2 });
        this.pad.addEventListener("endStroke", () => {
            this.state.isEmpty = this.pad.isEmpty();
        });
    }

    clear() {
        this.pad.clear();
        this.state.isEmpty = true;
    }

    confirm() {
        this.props.confirm(this.pad.toDataURL());
        this.props.close();
    }
}
