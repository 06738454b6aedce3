import { Component, useEffect, useRef } from "@odoo/owl";
import { useSortable } from "@web/core/utils/sortable_owl";
import { optionKey } from "./form_names";
import { newOption } from "./form_rows";

/** The choices of a field, one a line. A list copied from a sheet can be pasted. */
export class OptionList extends Component {
    static template = "motcua_studio.OptionList";
    static props = { model: Object, field: Object };

    setup() {
        this.root = useRef("root");
        this.focusId = false;
        useSortable({
            ref: this.root,
            elements: ".o_motcua_option",
            handle: ".o_motcua_option_grip",
            cursor: "grabbing",
            enable: () => this.props.model.isEditable,
            onDrop: ({ element, previous }) => this.move(element, previous),
        });
        useEffect(() => {
            if (this.focusId) {
                this.root.el.querySelector(`[data-id="${this.focusId}"] input`)?.focus();
                this.focusId = false;
            }
        });
    }

    get options() {
        return this.props.field.options;
    }

    change(alter, tag) {
        this.props.model.change(alter, tag && `${this.props.field.key}/${tag}`);
    }

    /** The key goes with the label until it has been saved. */
    keyFor(label, option) {
        const others = this.options.filter((other) => other !== option);
        return optionKey(label, others.map((other) => other.key));
    }

    setLabel(option, label) {
        this.change(() => {
            option.label = label;
            if (!option.saved) {
                const key = this.keyFor(label, option);
                this.props.model.renameOption(this.props.field, option.key, key);
                option.key = key;
            }
        }, option.id);
    }

    add(index, labels) {
        this.change(() => {
            for (const label of labels) {
                const option = newOption(this.keyFor(label), label);
                this.options.splice(index++, 0, option);
                this.focusId = option.id;
            }
        });
    }

    remove(index) {
        this.change(() => this.options.splice(index, 1));
    }

    move(element, previous) {
        const index = (el) => this.options.findIndex((option) => option.id === el?.dataset.id);
        const from = index(element);
        const after = index(previous);
        this.change(() => {
            const [option] = this.options.splice(from, 1);
            this.options.splice(after < from ? after + 1 : after, 0, option);
        });
    }

    step(index, direction) {
        const other = index + direction;
        if (this.options[other]) {
            this.focusId = this.options[index].id;
            this.change(() => this.options.splice(other, 0, ...this.options.splice(index, 1)));
        }
    }

    onKeydown(index, ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.add(index + 1, [""]);
        } else if (ev.altKey && ["ArrowUp", "ArrowDown"].includes(ev.key)) {
            ev.preventDefault();
            this.step(index, ev.key === "ArrowUp" ? -1 : 1);
        }
    }

    onPaste(index, ev) {
        const lines = ev.clipboardData
            .getData("text")
            .split(/\r?\n/)
            .map((line) => line.trim())
            .filter(Boolean);
        if (lines.length > 1) {
            ev.preventDefault();
            this.add(index + 1, lines);
        }
    }
}
