import { Component, onWillStart, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { HtmlField } from "@html_editor/fields/html_field";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { LatestAnswer } from "@motcua_base/latest/latest_answer";
import { ConditionDialog } from "./condition_dialog";
import { DOCUMENT_PLUGINS } from "./document_plugins";
import { DocumentPreview } from "./document_preview";
import { MergePicker } from "./merge_picker";

/** Odoo's own editor, with merge fields and nothing that a document cannot hold. */
class BodyEditor extends HtmlField {
    static props = { ...HtmlField.props, merge: Object };

    getConfig() {
        return {
            ...super.getConfig(),
            Plugins: DOCUMENT_PLUGINS,
            merge: this.props.merge,
            allowImage: false,
            allowFile: false,
            allowVideo: false,
            dropImageAsAttachment: false,
        };
    }

    onEditorLoad(editor) {
        super.onEditorLoad(editor);
        this.props.merge.onEditorLoad(editor);
    }

    onChange() {
        super.onChange();
        this.props.merge.onTyped();
    }
}

export class DocumentBodyField extends Component {
    static template = "motcua_studio.DocumentBodyField";
    static components = { BodyEditor, DocumentPreview, MergePicker };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ html: "", findings: [], busy: false, dossier: false });
        this.preview = new LatestAnswer(this.state, "busy", 500, {
            ask: () => this.askPreview(),
            take: (answer) => Object.assign(this.state, answer),
            fail: (error) => {
                throw error;
            },
        });
        this.merge = {
            label: (name) => this.labels[name],
            conditionWords: (text) => this.conditionWords(text),
            sectionWords: (name) => this.sectionWords(name),
            askCondition: (text) => this.askCondition(text),
            openPicker: () => this.focusSearch(),
            onEditorLoad: (editor) => (this.editor = editor),
            onTyped: () => this.preview.soon(),
        };
        onWillStart(async () => {
            this.catalogue = await this.orm.call(this.props.record.resModel, "load_editor", [
                this.props.record.resId,
            ]);
            this.labels = this.labelsOf(this.catalogue);
            this.canChoose = await user.checkAccessRight("motcua.dossier", "read");
        });
        onWillUnmount(() => this.preview.drop());
        useEffect(
            () => {
                this.preview.now();
            },
            () => [
                ...this.catalogue.layout.map((name) => this.props.record.data[name]),
                this.props.record.data[this.props.name].toString(),
                this.state.dossier,
            ]
        );
    }

    labelsOf({ groups, sections }) {
        const fields = [...groups, ...sections].flatMap((group) => group.fields);
        return Object.fromEntries(fields.map((field) => [field.name, field.label]));
    }

    // ---------------------------------------------------------------------
    // Words beside the text
    // ---------------------------------------------------------------------

    sectionWords(name) {
        const section = this.catalogue.sections.find((one) => one.name === name);
        return _t("For each row of: %s", section ? section.title : name);
    }

    conditionWords(text) {
        let condition;
        try {
            condition = JSON.parse(text);
        } catch {
            return _t("Only if: (cannot be read)");
        }
        const [join, tests] = Object.entries(condition)[0] || ["all", []];
        const words = tests.map((test) => this.testWords(test));
        const between = join === "any" ? _t(" or ") : _t(" and ");
        return _t("Only if: %s", words.join(between));
    }

    testWords({ field: name, op, value }) {
        const field = this.catalogue.form.find((one) => one.name === name);
        const label = field ? field.label : name;
        const operator = this.catalogue.operators[op] || op;
        if (op === "filled" || op === "empty") {
            return `${label} ${operator}`;
        }
        const options = Object.fromEntries(field?.options || []);
        const spell = (item) => {
            if (typeof item === "boolean") {
                return item ? _t("yes") : _t("no");
            }
            return options[item] || item;
        };
        return `${label} ${operator} ${[value].flat().map(spell).join(", ")}`;
    }

    askCondition(text) {
        let condition = false;
        try {
            condition = text ? JSON.parse(text) : false;
        } catch {
            // Unreadable: begun anew.
        }
        return new Promise((resolve) => {
            this.dialog.add(
                ConditionDialog,
                {
                    condition,
                    form: this.catalogue.form,
                    types: this.catalogue.types,
                    operators: this.catalogue.operators,
                    save: resolve,
                },
                { onClose: () => resolve(undefined) }
            );
        });
    }

    // ---------------------------------------------------------------------
    // Picker
    // ---------------------------------------------------------------------

    insertField(field) {
        this.editor.shared.selection.focusEditable();
        this.editor.shared.motcuaMerge.insertField(field);
    }

    insertTable(section) {
        this.editor.shared.selection.focusEditable();
        this.editor.shared.motcuaMerge.insertTable(section);
    }

    chipHtml(field) {
        return this.editor.shared.motcuaMerge.toChip(field).outerHTML;
    }

    registerSearch(focus) {
        this.focusSearch = focus;
    }

    // ---------------------------------------------------------------------
    // Preview
    // ---------------------------------------------------------------------

    get body() {
        if (this.editor && !this.editor.isDestroyed) {
            return this.editor.getContent();
        }
        return this.props.record.data[this.props.name].toString();
    }

    chooseDossier(dossier) {
        this.state.dossier = dossier;
    }

    askPreview() {
        const { record } = this.props;
        const values = Object.fromEntries(
            this.catalogue.layout.map((name) => [name, record.data[name]])
        );
        return this.orm.silent.call(record.resModel, "preview", [
            record.resId,
            { ...values, body: this.body },
            this.state.dossier && this.state.dossier.id,
        ]);
    }
}

registry.category("fields").add("motcua_document_body", {
    component: DocumentBodyField,
    supportedTypes: ["html"],
});
