import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { iconOf } from "./field_icons";
import { FieldProperties } from "./field_properties";

/** One field of the form; the chosen one shows what can be set of it. */
export class FieldCard extends Component {
    static template = "motcua_studio.FieldCard";
    static components = { FieldCard, FieldProperties };
    static props = { model: Object, field: Object };

    setup() {
        this.state = useState(this.props.model.state);
        this.iconOf = iconOf;
    }

    get field() {
        return this.props.field;
    }

    get isChosen() {
        return this.state.chosen === this.field.key;
    }

    get findings() {
        return this.state.findings[this.field.name] || [];
    }

    /** What is particular about the field, in small words behind its label. */
    get marks() {
        const { field } = this;
        return [
            field.filled_by === "officer" && { icon: "fa-user-circle-o", title: _t("Filled in by an officer") },
            field.visible_if && { icon: "fa-code-fork", title: _t("Shown only if…") },
            field.required_if && { icon: "fa-asterisk", title: _t("Required only if…") },
            field.prefill && { icon: "fa-magic", title: _t("Prefilled") },
        ].filter(Boolean);
    }

    get columnTypes() {
        return Object.values(this.props.model.types).filter((type) => type.repeatable);
    }

    toggle() {
        this.props.model.choose(this.isChosen ? false : this.field.key);
    }

    onKeydown(ev) {
        const { model, field } = this.props;
        const keys = {
            Enter: () => this.toggle(),
            "alt+ArrowUp": () => model.step(field.key, -1),
            "alt+ArrowDown": () => model.step(field.key, 1),
            Delete: () => model.remove(field.key),
        };
        const act = keys[(ev.altKey ? "alt+" : "") + ev.key];
        if (act && ev.target === ev.currentTarget) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }

    addColumn(ev) {
        const type = ev.target.value;
        ev.target.value = "";
        this.props.model.add(type, this.field.key, this.field.columns.length);
    }
}
