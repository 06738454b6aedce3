import { useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useInputField } from "@web/views/fields/input_field_hook";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";
import { readNumber } from "./number";

/** An amount in đồng, read as in forms: Odoo's own input takes 2.5 for 25. */
export class AmountField extends IntegerField {
    setup() {
        // Instead of what IntegerField sets up, which differs in how it reads.
        this.state = useState({ hasFocus: false });
        useInputField({
            getValue: () => this.formattedValue,
            refName: "numpadDecimal",
            parse: readAmount,
        });
    }
}

function readAmount(typed) {
    const read = typed.trim() ? readNumber(typed, true) : { value: 0 };
    if (!("value" in read)) {
        // As other inputs of Odoo say that they cannot read what was typed.
        throw new Error(typed);
    }
    return read.value;
}

registry.category("fields").add("motcua_amount", { ...integerField, component: AmountField });
