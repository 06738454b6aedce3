import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDay, parseDay } from "./day";

const INPUT_TYPES = {
    datetime: "datetime-local",
    email: "email",
    phone: "tel",
};

/**
 * The electronic form of a procedure. The server says which fields apply and what is
 * wrong; this only shows them and keeps the answers.
 *
 * Whoever mounts it (the counter, the studio's preview) gives a `model` with
 *  - `state`, reactive. `state.form.item` is false, or an object with
 *      - `form`: list of the fields shown, specs as `tools/form.py` describes them,
 *      - `values`: answers by technical name, changed here in place,
 *      - `check`: false, or the last answer of the server: `visible` and `required`
 *        (names), `problems` (sentences by name, `children.0.name` in rows) and
 *        `computed` (what the server computed, by name);
 *  - `checkForm()`, called after every change, to ask the server when typing pauses;
 *  - `suggest(field, typed)`: promise of texts that may be meant in an `agency` or
 *    `place` field;
 *  - `keepFile(field, files)`: promise of `{id, name}`, the answer to a `file` field, or
 *    of nothing where it was refused (the model says why);
 *  - `dropFile(field, answer)`, when the file is taken away again.
 */
export class EForm extends Component {
    static template = "motcua_base.EForm";
    static props = { model: Object };

    setup() {
        this.state = useState(this.props.model.state);
        this.formatDay = formatDay;
        this.dayPlaceholder = _t("dd/mm/yyyy");
    }

    get item() {
        // Still drawn once when the dossier has just been received.
        return this.state.form.item || { form: [], values: {}, check: false };
    }

    get sections() {
        const visible = this.item.check && new Set(this.item.check.visible);
        const sections = [];
        for (const field of this.item.form) {
            if (visible && !visible.has(field.name)) {
                continue;
            }
            const title = field.section || "";
            if (sections.at(-1)?.title !== title) {
                sections.push({ title, fields: [] });
            }
            sections.at(-1).fields.push(field);
        }
        return sections;
    }

    isRequired(field) {
        return this.item.check && this.item.check.required.includes(field.name);
    }

    problem(name) {
        return this.item.check && this.item.check.problems[name];
    }

    /** A problem is told once somebody has typed there. */
    isWrong(field) {
        return Boolean(this.problem(field.name) && this.item.values[field.name]);
    }

    inputType(field) {
        return INPUT_TYPES[field.type] || "text";
    }

    inputMode(field) {
        return ["date", "integer", "float", "money", "id_number", "tax_code"].includes(field.type)
            ? "numeric"
            : undefined;
    }

    isWide(field) {
        return ["text", "tags", "repeat", "heading", "note"].includes(field.type);
    }

    set(values, name, value) {
        values[name] = value;
        this.props.model.checkForm();
    }

    onInput(values, field, ev) {
        const { type, checked, value } = ev.target;
        this.set(values, field.name, type === "checkbox" ? checked : value);
    }

    onDay(values, field, ev) {
        this.set(values, field.name, parseDay(ev.target.value));
    }

    toggleTag(field, key) {
        const tags = this.item.values[field.name] || [];
        this.set(
            this.item.values,
            field.name,
            tags.includes(key) ? tags.filter((tag) => tag !== key) : [...tags, key]
        );
    }

    rows(field) {
        return this.item.values[field.name] || [];
    }

    addRow(field) {
        this.set(this.item.values, field.name, [...this.rows(field), {}]);
    }

    removeRow(field, index) {
        this.rows(field).splice(index, 1);
        this.props.model.checkForm();
    }
}
