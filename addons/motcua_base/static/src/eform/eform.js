import { Component, useRef, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { formatDay, parseDay } from "./day";
import { formatMoment, parseMoment } from "./moment";
import { formatNumber } from "./number";
import { useTyping } from "./typing";

const INPUT_TYPES = {
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
 *        (names), `problems` (sentences by name, `children.0.name` in rows),
 *        `computed` (what the server computed, by name) and `understood` (what was typed
 *        as a number, and how it was read, by name);
 *    `state.checking` says that `check` is of earlier answers;
 *  - `checkForm()`, called after every change, to ask the server when typing pauses;
 *  - `suggest(field, typed)`: promise of texts that may be meant in an `agency` or
 *    `place` field;
 *  - `keepFile(field, files)`: promise of `{id, name}`, the answer to a `file` field, or
 *    of nothing where it was refused (the model says why);
 *  - `dropFile(field, answer)`, when the file is taken away again.
 */
export class EForm extends Component {
    static template = "motcua_base.EForm";
    static components = { AutoComplete };
    static props = { model: Object };

    setup() {
        this.state = useState(this.props.model.state);
        this.local = useState({ uploading: "" });
        useTyping(useRef("root"));
        this.formatDay = formatDay;
        this.formatMoment = formatMoment;
        this.dayPlaceholder = _t("dd/mm/yyyy");
        this.momentPlaceholder = _t("dd/mm/yyyy hh:mm");
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

    /** A problem is told once somebody has typed there, or where nobody can. */
    isWrong(field, values, path = field.name) {
        return Boolean(
            this.problem(path) && (values[field.name] || field.type === "computed")
        );
    }

    /** What the server has computed, as people write it. */
    computed(field, path) {
        const value = this.item.check && this.item.check.computed?.[path];
        if (value === true || value === false) {
            return value ? _t("Yes") : _t("No");
        }
        if (typeof value === "number") {
            return formatNumber(value);
        }
        return field.result === "date" ? formatDay(value) : value || "–";
    }

    /** How the server has read a number: once something else is typed, it has not yet. */
    understood(field, values, path) {
        const [typed, sentence] = this.item.check?.understood?.[path] || [];
        return typed !== undefined && typed === values[field.name] ? sentence : "";
    }

    /** Where the answers to a field of type agency or place come from. */
    sources(values, field) {
        return [
            {
                options: async (typed) => {
                    const texts = await this.props.model.suggest(field, typed);
                    return texts.map((text) => ({
                        label: text,
                        onSelect: () => this.set(values, field.name, text),
                    }));
                },
            },
        ];
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
        return ["text", "tags", "file", "place", "repeat", "heading", "note"].includes(field.type);
    }

    set(values, name, value) {
        values[name] = value;
        this.props.model.checkForm();
    }

    /** What was typed instead of choosing. Not as soon as it changes: pressing a suggestion
     * with the mouse changes it too, and would close the list before the button is let go. */
    keepTyped(values, name, typed) {
        if (typed !== (values[name] || "")) {
            this.set(values, name, typed);
        }
    }

    onInput(values, field, ev) {
        const { type, checked, value } = ev.target;
        this.set(values, field.name, type === "checkbox" ? checked : value);
    }

    onDay(values, field, ev) {
        this.set(values, field.name, parseDay(ev.target.value));
    }

    onMoment(values, field, ev) {
        this.set(values, field.name, parseMoment(ev.target.value));
    }

    async onFiles(field, ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        if (!files.length) {
            return;
        }
        const { values } = this.item;
        this.local.uploading = field.name;
        try {
            const answer = await this.props.model.keepFile(field, files);
            if (answer) {
                this.set(values, field.name, { id: answer.id, name: answer.name });
            }
        } finally {
            this.local.uploading = "";
        }
    }

    async removeFile(field) {
        const answer = this.item.values[field.name];
        this.set(this.item.values, field.name, false);
        await this.props.model.dropFile(field, answer);
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
