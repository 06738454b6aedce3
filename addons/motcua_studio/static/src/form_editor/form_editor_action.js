import { Component, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSortable } from "@web/core/utils/sortable_owl";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { EditorStrip } from "../editor/editor_strip";
import { EditorTools } from "../editor/editor_tools";
import { useEditor } from "../editor/use_editor";
import { CopyDialog } from "./copy_dialog";
import { FieldCard } from "./field_card";
import { useFieldDrag } from "./field_drag";
import { iconOf } from "./field_icons";
import { FormEditorModel } from "./form_editor_model";
import { FormPreview } from "./form_preview";

// Where the first field of a form is dropped.
const BLANK = "blank";

/** The form of a procedure version, drawn by dragging fields, with a live preview. */
export class FormEditorAction extends Component {
    static template = "motcua_studio.FormEditorAction";
    static components = { EditorStrip, EditorTools, FieldCard, FormPreview, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.actionService = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        const { active_id, form_field } = this.props.action.context;
        this.model = new FormEditorModel(this.orm, active_id);
        this.model.loaded.then(() => this.model.chooseByName(form_field));
        this.editor = useEditor(this.model, {
            saved: _t("The form is saved."),
            unsaved: _t("The form is not saved"),
        });
        this.state = this.editor.state;
        this.local = useState({ pane: "form", wide: false, dragging: false });
        this.iconOf = iconOf;
        this.display = { controlPanel: {} };
        this.setUpDragging();
        useEffect(
            (name) => name && this.env.config.setDisplayName(_t("Form of %s", name)),
            () => [this.state.version.name]
        );
    }

    setUpDragging() {
        const common = { ref: this.editor.root, enable: () => this.model.isEditable };
        const typeOf = ({ dataset }) => dataset.type || this.model.locate(dataset.key).field.type;
        useFieldDrag({
            ...common,
            fits: (element, list) =>
                list === BLANK || this.model.fits(typeOf(element), list),
            onChange: (dragging) => (this.local.dragging = dragging),
            onDrop: ({ dataset }, list, index) => {
                if (list === BLANK) {
                    this.model.add(dataset.type);
                } else if (dataset.type) {
                    this.model.add(dataset.type, list, index);
                } else {
                    this.model.move(dataset.key, list, index);
                }
            },
        });
        useSortable({
            ...common,
            elements: ".o_motcua_form_section",
            handle: ".o_motcua_section_grip",
            placeholderClasses: ["o_motcua_placeholder"],
            followingElementClasses: ["o_motcua_dragged"],
            cursor: "grabbing",
            onDrop: ({ element, previous }) => {
                const { sections } = this.state;
                const index = (el) =>
                    sections.findIndex((section) => section.key === el?.dataset.key);
                const from = index(element);
                const after = index(previous);
                this.model.moveSection(element.dataset.key, after < from ? after + 1 : after);
            },
        });
    }

    // ---------------------------------------------------------------------

    get palette() {
        return Object.values(this.model.types);
    }

    get findingCount() {
        return Object.keys(this.state.findings).length;
    }

    /** Opens the next field that has something to mend. */
    showFinding() {
        const wrong = this.model.fields.filter((field) => this.state.findings[field.name]);
        const current = wrong.findIndex((field) => field.key === this.state.chosen);
        this.local.pane = "form";
        this.model.choose(wrong[(current + 1) % wrong.length]?.key || false);
    }

    add(type) {
        this.local.pane = "form";
        this.model.add(type);
    }

    addFromList(ev, section) {
        const type = ev.target.value;
        ev.target.value = "";
        this.model.add(type, section.key, section.fields.length);
    }

    // ---------------------------------------------------------------------

    async openNewVersion() {
        const action = await this.orm.call("motcua.procedure.version", "action_new_version", [
            [this.state.version.id],
        ]);
        await this.actionService.doAction("motcua_studio.form_editor_action", {
            additionalContext: { active_id: action.res_id },
            stackPosition: "replaceCurrentAction",
        });
    }

    openCopyDialog() {
        this.dialog.add(CopyDialog, { model: this.model });
    }
}

registry.category("actions").add("motcua_form_editor", FormEditorAction);
