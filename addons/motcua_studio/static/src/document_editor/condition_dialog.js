import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { ConditionEditor } from "@motcua_studio/editor/condition_editor";

/** Asks under which condition a paragraph is printed; as conditions of form fields. */
export class ConditionDialog extends Component {
    static template = "motcua_studio.ConditionDialog";
    static components = { Dialog, ConditionEditor };
    static props = {
        close: Function,
        save: Function,
        condition: [Object, Boolean],
        form: Array,
        types: Array,
        operators: Object,
    };

    setup() {
        this.field = useState({ key: "paragraph", visible_if: this.props.condition });
        this.model = {
            types: Object.fromEntries(this.props.types.map((type) => [type.type, type])),
            operators: this.props.operators,
            answerType: (field) => field.result || field.type,
            operatorsOf: (field) => this.model.types[field.result || field.type].operators,
            change: (edit) => edit(),
        };
    }

    get neighbours() {
        return this.props.form
            .filter((field) => this.model.types[this.model.answerType(field)]?.operators.length)
            .map((field) => ({
                ...field,
                key: field.name,
                options: field.options.map(([key, label]) => ({ id: key, key, label })),
            }));
    }

    save() {
        const condition = this.field.visible_if;
        this.props.save(condition ? JSON.stringify(condition) : false);
        this.props.close();
    }
}
