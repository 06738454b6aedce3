import { Component, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSortable } from "@web/core/utils/sortable_owl";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { EditorStrip } from "../editor/editor_strip";
import { EditorTools } from "../editor/editor_tools";
import { useEditor } from "../editor/use_editor";
import { StepCard } from "./step_card";
import { WorkflowEditorModel } from "./workflow_editor_model";
import { WorkflowPicture } from "./workflow_picture";

/** A workflow: its steps as a list, and drawn beside. */
export class WorkflowEditorAction extends Component {
    static template = "motcua_studio.WorkflowEditorAction";
    static components = {
        EditorStrip,
        EditorTools,
        Layout,
        RecordSelector,
        StepCard,
        WorkflowPicture,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.actionService = useService("action");
        this.notification = useService("notification");
        const { context, params } = this.props.action;
        this.workflowId = context.active_id || params?.active_id;
        this.model = new WorkflowEditorModel(useService("orm"), this.workflowId);
        this.model.loaded.then(() => this.model.chooseStep(context.workflow_step));
        this.editor = useEditor(this.model, {
            saved: _t("The workflow is saved."),
            unsaved: _t("The workflow is not saved"),
        });
        this.state = this.editor.state;
        this.local = useState({ pane: "steps" });
        this.display = { controlPanel: {} };
        this.versionDomain = [["state", "!=", "superseded"]];
        useSortable({
            ref: this.editor.root,
            elements: ".o_motcua_step",
            handle: ".o_motcua_grip",
            cursor: "grabbing",
            onDrop: (params) => this.dropStep(params),
        });
        useEffect(
            (name) => name && this.env.config.setDisplayName(name),
            () => [this.state.flow.name]
        );
    }

    // ---------------------------------------------------------------------

    get shareIsTooLarge() {
        return this.state.seen.share > 100;
    }

    chooseInPicture(key) {
        this.local.pane = "steps";
        this.model.choose(key);
    }

    showProblem(problem) {
        if (problem.step) {
            this.chooseInPicture(problem.step);
        }
    }

    dropStep({ element, previous }) {
        const { steps } = this.state.flow;
        const index = (el) => steps.findIndex((step) => String(step.key) === el?.dataset.key);
        const [from, after] = [index(element), index(previous)];
        this.model.moveStep(steps[from]?.key, after < from ? after + 1 : after);
    }

    // ---------------------------------------------------------------------

    async saveCopy() {
        const copyId = await this.model.saveCopy();
        if (copyId) {
            this.notification.add(_t("This is the copy. The other workflow is unchanged."), {
                type: "success",
            });
            await this.open(copyId);
        }
    }

    open(workflowId) {
        return this.actionService.doAction("motcua_studio.workflow_editor_action", {
            additionalContext: { active_id: workflowId },
            stackPosition: "replaceCurrentAction",
        });
    }

    adapt() {
        return this.actionService.doAction("motcua_studio.workflow_adapt_action", {
            additionalContext: { active_id: this.workflowId },
        });
    }

    /** @param {string} [suffix] of the report's name */
    print(suffix = "") {
        return this.actionService.doAction(`motcua_studio.action_report_workflow${suffix}`, {
            additionalContext: { active_ids: [this.workflowId], active_id: this.workflowId },
        });
    }
}

registry.category("actions").add("motcua_workflow_editor", WorkflowEditorAction);
