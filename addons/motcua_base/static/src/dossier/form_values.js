import { registry } from "@web/core/registry";
import { PropertiesField, propertiesField } from "@web/views/fields/properties/properties_field";

/** The answers of a dossier's form. What the form computes is read, not typed: the server
 * would compute it again on saving. */
export class FormValues extends PropertiesField {
    static template = "motcua_base.FormValues";

    isComputed(name) {
        return (this.props.record.data.computed_names || []).includes(name);
    }
}

registry.category("fields").add("motcua_form_values", {
    ...propertiesField,
    component: FormValues,
});
