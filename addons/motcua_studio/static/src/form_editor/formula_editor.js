import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { keysForLabels } from "./form_names";

/** The formula of a computed field: typed, or put together from fields and functions. */
export class FormulaEditor extends Component {
    static template = "motcua_studio.FormulaEditor";
    static props = { model: Object, field: Object };

    setup() {
        this.input = useRef("input");
        this.preview = useState(this.props.model.preview.state);
    }

    /** What may stand in the formula: `[technical name, label]`. */
    get names() {
        return this.props.model
            .neighbours(this.props.field)
            .flatMap((field) =>
                field.type === "repeat"
                    ? [
                          [field.name, _t("%s (its rows)", field.label)],
                          ...field.columns.map((column) => [
                              `${field.name}.${column.name}`,
                              `${field.label} → ${column.label}`,
                          ]),
                      ]
                    : [[field.name, field.label]]
            )
            .filter(([name]) => !["heading", "note"].includes(this.typeOf(name)));
    }

    typeOf(name) {
        return this.props.model.fields.find((field) => field.name === name)?.type;
    }

    /** The formula with labels instead of technical names. */
    get words() {
        const labels = new Map(this.names);
        return (this.props.field.formula || "").replace(
            /"[^"]*"|'[^']*'|[a-z]\w*(\.[a-z]\w*)?/g,
            (word) => (labels.has(word) ? `“${labels.get(word)}”` : word)
        );
    }

    /** What it gives with the answers tried out in the preview. */
    get result() {
        const { check } = this.preview.form.item;
        const value = check && check.computed && check.computed[this.props.field.name];
        return value === undefined || value === null ? "" : value.toLocaleString("vi-VN");
    }

    set(formula) {
        this.props.model.set(this.props.field, "formula", formula);
    }

    /** People know choices by their labels; formulas compare keys. */
    settle() {
        const { field, model } = this.props;
        const formula = keysForLabels(field.formula || "", model.fields);
        if (formula !== (field.formula || "")) {
            this.set(formula);
        }
    }

    /** Puts something where the cursor is, or around what is selected. */
    insert(before, after = "") {
        const { el } = this.input;
        const { selectionStart: start, selectionEnd: end, value } = el;
        this.set(value.slice(0, start) + before + value.slice(start, end) + after + value.slice(end));
        el.value = this.props.field.formula;
        el.focus();
        el.setSelectionRange(start + before.length, end + before.length);
    }

    onName(ev) {
        this.insert(ev.target.value);
        const { el } = this.input;
        el.setSelectionRange(el.selectionEnd, el.selectionEnd);
        ev.target.value = "";
    }

    onFunction(ev) {
        this.insert(`${ev.target.value}(`, ")");
        ev.target.value = "";
    }
}
