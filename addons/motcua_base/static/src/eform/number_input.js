import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { formatTyped, readNumber } from "./number";
import { refusalOf } from "./number_said";

/**
 * An input for a number on screens of our own. What cannot be read stays, says why, and
 * is given on as it was typed where `keepsText`: the server, which reads alike, then
 * refuses it; elsewhere the number of before is kept.
 */
export class NumberInput extends Component {
    static template = "motcua_base.NumberInput";
    static props = {
        name: String,
        label: { type: String, optional: true },
        value: [Number, String],
        whole: { type: Boolean, optional: true },
        hidesZero: { type: Boolean, optional: true },
        keepsText: { type: Boolean, optional: true },
        update: Function,
    };

    setup() {
        this.state = useState({ refused: "" });
        onWillUpdateProps(({ value }) => {
            if (value !== this.props.value && value !== this.state.refused) {
                this.state.refused = "";
            }
        });
    }

    get text() {
        const { value, whole, hidesZero } = this.props;
        if (this.state.refused || typeof value === "string") {
            return this.state.refused || value;
        }
        return hidesZero && !value ? "" : formatTyped(value, whole);
    }

    get refusal() {
        const { refused } = this.state;
        return refused && refusalOf(refused, this.props.whole);
    }

    onChange({ target }) {
        const { whole, keepsText, update } = this.props;
        const typed = target.value.trim();
        const { value } = typed ? readNumber(typed, whole) : { value: 0 };
        this.state.refused = value === undefined ? typed : "";
        if (value !== undefined) {
            update(value);
            // What was typed may mean the number of before, which draws nothing anew.
            target.value = this.text;
        } else if (keepsText) {
            update(typed);
        }
    }
}
