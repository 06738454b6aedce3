import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { useService } from "@web/core/utils/hooks";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** A line of text, and the merge fields that it may name in braces. */
export class MergeLineField extends Component {
    static template = "motcua_base.MergeLineField";
    static components = { CharField, SelectMenu };
    static props = { ...CharField.props };

    setup() {
        this.root = useRef("root");
        this.state = useState({ groups: [] });
        const orm = useService("orm");
        onWillStart(async () => {
            if (!this.props.readonly) {
                const groups = await orm.call(this.props.record.resModel, "load_fields", []);
                this.state.groups = groups.map(({ title, fields }) => ({
                    label: title,
                    choices: fields.map(({ name, label }) => ({ value: name, label })),
                }));
            }
        });
        this.searchPlaceholder = _t("Find a field…");
    }

    /** Where the cursor stands, or stood last. */
    async insert(name) {
        const input = this.root.el.querySelector("input");
        const { value, selectionStart, selectionEnd } = input;
        const typed = value.slice(0, selectionStart);
        // Whoever leaves the line loses the space typed last.
        const space = typed && !/[\s(]$/.test(typed) ? " " : "";
        const before = `${typed}${space}{${name}}`;
        await this.props.record.update({
            [this.props.name]: before + value.slice(selectionEnd),
        });
        input.focus();
        input.setSelectionRange(before.length, before.length);
    }
}

registry.category("fields").add("motcua_merge_line", {
    ...charField,
    component: MergeLineField,
    displayName: _t("Text with merge fields"),
});
