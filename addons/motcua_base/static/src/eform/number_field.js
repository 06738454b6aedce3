import { useEffect, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { useInputField } from "@web/views/fields/input_field_hook";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";
import { readNumber } from "./number";
import { refusalOf, understoodOf } from "./number_said";

/**
 * An input of Odoo's that reads numbers as forms do, and says how it understood them:
 * Odoo's own takes 2.5 for 25 in Vietnamese. All number inputs of our models are such
 * (`models/ir_ui_view.py`).
 *
 * @param {typeof IntegerField | typeof FloatField} Field
 * @param {boolean} whole whether only whole numbers are meant
 */
function reading(Field, whole) {
    return class extends Field {
        static template = "motcua_base.NumberField";

        setup() {
            // Instead of what Odoo's field sets up, which differs in how it reads.
            this.state = useState({ hasFocus: false, typed: "" });
            const input = useInputField({
                getValue: () => this.formattedValue,
                refName: "numpadDecimal",
                parse: (typed) => this.parse(typed),
            });
            useEffect(() => {
                this.state.typed = input.el?.value || "";
            });
        }

        parse(typed) {
            const { value } = typed.trim() ? readNumber(typed, whole) : { value: 0 };
            if (value === undefined) {
                // As other inputs of Odoo say that they cannot read what was typed.
                throw new Error(typed);
            }
            return value;
        }

        onInput({ target }) {
            this.state.typed = target.value;
        }

        get refused() {
            const { typed } = this.state;
            const { record, name } = this.props;
            return record.isFieldInvalid(name) && typed ? refusalOf(typed, whole) : "";
        }

        get understood() {
            const { typed } = this.state;
            const { formatNumber } = this.props;
            return formatNumber ? understoodOf(typed, whole, this.formattedValue) : "";
        }
    };
}

const fields = registry.category("fields");
fields.add("motcua_integer", { ...integerField, component: reading(IntegerField, true) });
fields.add("motcua_float", { ...floatField, component: reading(FloatField, false) });
