import { onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { PropertiesField, propertiesField } from "@web/views/fields/properties/properties_field";
import { PropertyValue } from "@web/views/fields/properties/property_value";
import { formatTyped, readNumber } from "../eform/number";
import { refusalOf, understoodOf } from "../eform/number_said";
import { useTyping } from "../eform/typing";

const NUMBERS = ["integer", "float"];

/** One answer. Numbers are read as everywhere: what Odoo's input cannot read would be 0. */
class FormAnswer extends PropertyValue {
    static template = "motcua_base.FormAnswer";
    static props = {
        ...PropertyValue.props,
        kind: { type: String, optional: true },
        typed: { type: String, optional: true },
        onRefuse: Function,
    };

    get isWhole() {
        return this.props.type === "integer" || this.props.kind === "money";
    }

    get displayValue() {
        const { typed, type, kind, value } = this.props;
        if (typed) {
            return typed;
        }
        if (!NUMBERS.includes(type)) {
            return super.displayValue;
        }
        if (typeof value !== "number") {
            return "";
        }
        return kind === "year" ? `${value}` : formatTyped(value, this.isWhole);
    }

    get refused() {
        return this.props.typed ? refusalOf(this.props.typed, this.isWhole) : "";
    }

    get understood() {
        const { type, kind, readonly } = this.props;
        const isSaid = NUMBERS.includes(type) && kind !== "year" && !readonly;
        return isSaid ? understoodOf(this.displayValue, this.isWhole, this.displayValue) : "";
    }

    onValueChange(value) {
        if (!NUMBERS.includes(this.props.type)) {
            return super.onValueChange(value);
        }
        const read = value.trim() ? readNumber(value, this.isWhole) : { value: false };
        if ("value" in read) {
            this.props.onChange(read.value);
        } else {
            this.props.onRefuse(value);
        }
    }
}

/**
 * The answers of a dossier's form. What the form computes is read, not typed: the server
 * would compute it again on saving.
 *
 * A change reaches the record only when the server has answered to it. Until then it waits
 * here: is shown, and goes along with every later change, which would otherwise be made to
 * the answers of before.
 */
export class FormValues extends PropertiesField {
    static template = "motcua_base.FormValues";
    static components = { ...PropertiesField.components, PropertyValue: FormAnswer };

    setup() {
        super.setup();
        this.answers = useState({ waiting: {}, refused: {} });
        this.typing = useTyping(this.propertiesRef);
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", (ev) =>
            ev.detail.proms.push(this.commit())
        );
        onWillUpdateProps((next) => {
            if (next.record.id !== this.props.record.id) {
                Object.assign(this.answers, { waiting: {}, refused: {} });
            }
        });
    }

    isComputed(name) {
        return (this.props.record.data.computed_names || []).includes(name);
    }

    kindOf(name) {
        return (this.props.record.data.number_kinds || {})[name];
    }

    get propertiesList() {
        const { waiting } = this.answers;
        return super.propertiesList.map((property) =>
            property.name in waiting ? { ...property, value: waiting[property.name] } : property
        );
    }

    async onPropertyValueChange(name, value) {
        delete this.answers.refused[name];
        this.answers.waiting[name] = value;
        await this.send();
        if (this.answers.waiting[name] === value) {
            delete this.answers.waiting[name];
        }
    }

    onRefuse(name, typed) {
        this.answers.refused[name] = typed;
        this.props.record.setInvalidField(this.props.name);
    }

    /** Gives the record all answers that wait. What cannot be read keeps it from being
     * saved, which each change of the field would make it forget. */
    async send() {
        const { record, name } = this.props;
        await record.update({ [name]: this.propertiesList });
        if (Object.keys(this.answers.refused).length) {
            await record.setInvalidField(name);
        }
    }

    /** Before saving: what is still being typed, and what a cut connection kept back. */
    async commit() {
        this.typing.finish();
        if (Object.keys(this.answers.waiting).length) {
            await this.send();
        }
    }
}

registry.category("fields").add("motcua_form_values", {
    ...propertiesField,
    component: FormValues,
});
