import { Component, onWillUnmount, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSortable } from "@web/core/utils/sortable_owl";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { LeaveDialog } from "../editor/leave_dialog";
import { StepCard } from "./step_card";
import { WorkflowEditorModel } from "./workflow_editor_model";
import { WorkflowPicture } from "./workflow_picture";

/** A workflow: its steps as a list, and drawn beside. */
export class WorkflowEditorAction extends Component {
    static template = "motcua_studio.WorkflowEditorAction";
    static components = { Layout, RecordSelector, StepCard, WorkflowPicture };
    static props = { ...standardActionServiceProps };

    setup() {
        this.actionService = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        const { context, params } = this.props.action;
        this.workflowId = context.active_id || params?.active_id;
        this.model = new WorkflowEditorModel(useService("orm"), this.workflowId);
        this.state = useState(this.model.state);
        this.local = useState({ pane: "steps" });
        this.root = useRef("root");
        this.display = { controlPanel: {} };
        this.versionDomain = [["state", "!=", "superseded"]];
        useSortable({
            ref: this.root,
            elements: ".o_motcua_step",
            handle: ".o_motcua_grip",
            cursor: "grabbing",
            onDrop: (params) => this.dropStep(params),
        });
        this.setUpKeys();
        useSetupAction({
            beforeLeave: () => this.mayLeave(),
            beforeUnload: (ev) => {
                this.model.writeDraft();
                if (this.state.dirty) {
                    ev.preventDefault();
                }
            },
        });
        useExternalListener(window, "pagehide", () => this.model.writeDraft());
        onWillUnmount(() => this.model.writeDraft());
        useEffect(
            (name) => name && this.env.config.setDisplayName(name),
            () => [this.state.flow.name]
        );
        useEffect(
            () => this.showChosen(),
            () => [this.state.chosen]
        );
    }

    setUpKeys() {
        const keys = {
            "control+z": () => this.model.undo(),
            "control+y": () => this.model.redo(),
            "control+shift+z": () => this.model.redo(),
            "control+s": () => this.save(),
        };
        for (const [key, callback] of Object.entries(keys)) {
            useHotkey(key, callback, { bypassEditableProtection: true });
        }
    }

    // ---------------------------------------------------------------------

    get otherProblems() {
        const keys = new Set(this.state.flow.steps.map((step) => step.key));
        return this.state.seen.problems.filter((problem) => !keys.has(problem.step));
    }

    get shareIsTooLarge() {
        return this.state.seen.share > 100;
    }

    showChosen() {
        const { chosen, isNew } = this.state;
        const card = chosen && this.root.el?.querySelector(`[data-key="${chosen}"]`);
        if (card) {
            card.scrollIntoView({ block: "nearest" });
            const input = card.querySelector("[name=step_name]");
            if (isNew && input) {
                input.focus();
                input.select();
            }
        }
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

    async save() {
        if (await this.model.save()) {
            this.notification.add(_t("The workflow is saved."), { type: "success" });
            return true;
        }
        return false;
    }

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

    async mayLeave() {
        this.model.writeDraft();
        if (!this.state.dirty) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialog.add(
                LeaveDialog,
                {
                    title: _t("The workflow is not saved"),
                    onSave: async () => resolve(await this.save()),
                    onKeep: () => resolve(true),
                },
                { onClose: () => resolve(false) }
            );
        });
    }

    openBeside() {
        window.open(window.location.href, "_blank");
    }
}

registry.category("actions").add("motcua_workflow_editor", WorkflowEditorAction);
