import { Component, useRef, useState } from "@odoo/owl";
import { normalize } from "@web/core/l10n/utils/normalize";

// Odoo takes đ for a letter of its own; who types without accents means it as well.
function plain(text) {
    return normalize(text).replaceAll("đ", "d");
}

/** The merge fields by group, found by typing, put into the text by click or drag. */
export class MergePicker extends Component {
    static template = "motcua_studio.MergePicker";
    static props = {
        groups: Array,
        sections: Array,
        insertField: Function,
        insertTable: Function,
        chipHtml: Function,
        register: Function,
    };

    setup() {
        this.search = useRef("search");
        this.state = useState({ typed: "" });
        this.props.register(() => this.search.el.focus());
    }

    get groups() {
        return this.matching(this.props.groups);
    }

    get sections() {
        return this.matching(this.props.sections);
    }

    matching(groups) {
        const words = plain(this.state.typed).split(" ").filter(Boolean);
        return groups
            .map((group) => ({
                ...group,
                fields: group.fields.filter((field) => {
                    const text = plain(`${group.title} ${field.label}`);
                    return words.every((word) => text.includes(word));
                }),
            }))
            .filter((group) => group.fields.length);
    }

    onEnter(ev) {
        const [first] = [...this.groups, ...this.sections];
        if (ev.key === "Enter" && first) {
            ev.preventDefault();
            this.props.insertField(first.fields[0]);
            this.state.typed = "";
        }
    }

    onDrag(ev, field) {
        // As if it came out of an editor: so it is put in where it is dropped.
        ev.dataTransfer.setData("application/vnd.odoo.odoo-editor", this.props.chipHtml(field));
        ev.dataTransfer.effectAllowed = "copy";
    }
}
