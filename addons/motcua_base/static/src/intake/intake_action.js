import { Component, onWillUnmount, useExternalListener, useRef, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { EForm } from "../eform/eform";
import { useScanner } from "../scan/scan_service";
import { AgencyChoice } from "./agency_choice";
import { formatDue, formatMoney } from "./intake_format";
import { IntakeModel, isHandedIn, isOnPaper } from "./intake_model";
import { PaperList } from "./paper_list";
import { PersonCard } from "./person_card";
import { ReasonDialog } from "./reason_dialog";
import { ScanField } from "./scan_field";
import { Shortcuts } from "./shortcuts";
import { Summary } from "./summary";

// What a scanner types of an ID card, wherever the cursor stands.
const CARD = /^\d{12}\D.*\D\d{8}\D*$/;

/** Intake in one screen: who, what, which papers, and a receipt. */
export class IntakeAction extends Component {
    static template = "motcua_base.IntakeAction";
    static components = {
        AgencyChoice,
        EForm,
        PaperList,
        PersonCard,
        ScanField,
        Shortcuts,
        Summary,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.actionService = useService("action");
        this.dialog = useService("dialog");
        this.model = new IntakeModel(useService("orm"), useService("http"));
        this.state = useState(this.model.state);
        this.local = useState({ formOpen: false });
        this.root = useRef("root");
        this.formatDue = formatDue;
        this.isOnPaper = isOnPaper;
        const keys = {
            s: () => this.focusScan(),
            c: () => this.focusCase(),
            enter: () => this.confirm(),
            m: () => this.addAnother(),
            u: () => this.toggleSubmitter(),
            p: () => this.focus("[name=phone]"),
            r: () => this.askRefusal(),
            g: () => this.askGuidance(),
            x: () => this.askDiscard(),
            i: () => this.state.last && this.model.print(),
        };
        for (const [key, callback] of Object.entries(keys)) {
            useHotkey(`alt+${key}`, callback, { bypassEditableProtection: true });
        }
        for (let number = 1; number <= 9; number++) {
            useHotkey(`alt+${number}`, () => this.chooseShortcut(number - 1), {
                bypassEditableProtection: true,
            });
        }
        useScanner((scanned) => this.takeScanned(scanned));
        // The last words typed are saved even when the window closes at once.
        useExternalListener(window, "pagehide", () => this.model.writeDraft());
        onWillUnmount(() => this.model.writeDraft());
    }

    get item() {
        return this.state.form.item;
    }

    get isFormOpen() {
        return this.local.formOpen || !isOnPaper(this.item);
    }

    // ---------------------------------------------------------------------

    focus(selector) {
        this.root.el?.querySelector(selector)?.focus();
    }

    /** The case chosen, to change it with the arrow keys; else the first one. */
    focusCase() {
        const ways = [...(this.root.el?.querySelectorAll("[name=case]") || [])];
        (ways.find((way) => way.checked) || ways[0])?.focus();
    }

    focusScan() {
        this.focus("[name=scan]");
    }

    /** A card scanned while the cursor stood in another field is a card all the same. */
    onKeydown(ev) {
        const input = ev.target;
        const isText = input.tagName === "INPUT" && input.name !== "scan";
        if (ev.key !== "Enter" || !isText || !CARD.test(input.value)) {
            return;
        }
        ev.preventDefault();
        const scanned = input.value;
        input.value = "";
        input.dispatchEvent(new Event("input", { bubbles: true }));
        this.model.scan(scanned).then((answer) => answer && this.afterScan(answer));
    }

    /** Scanned while the cursor stood in no field. */
    async takeScanned(scanned) {
        const answer = await this.model.scan(scanned);
        if (answer?.kind === "dossier") {
            this.openDossier(answer.id);
        } else if (answer) {
            this.afterScan(answer);
        }
    }

    /** Puts the cursor where the officer goes on. */
    afterScan(answer) {
        const { applicant, submitter } = this.state.form;
        const nameless = answer.kind === "person" && !answer.person.name;
        if (nameless && !answer.person.known) {
            const target = submitter && applicant.name ? "submitter" : "applicant";
            this.afterRender(() => this.focus(`[data-target=${target}] [name=name]`));
        } else if (answer.kind !== "dossier") {
            this.focusScan();
        }
    }

    afterRender(callback) {
        requestAnimationFrame(() => setTimeout(callback));
    }

    openDossier(id) {
        this.actionService.doAction({
            type: "ir.actions.act_window",
            res_model: "motcua.dossier",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async chooseShortcut(index) {
        const row = this.state.shortcuts[index];
        if (row) {
            await this.chooseProcedure(row);
        }
    }

    async chooseProcedure(row) {
        this.local.formOpen = false;
        await this.model.chooseProcedure(row);
        if (this.item?.case_wanted) {
            this.afterRender(() => this.focusCase());
        } else {
            this.focusScan();
        }
    }

    toggleSubmitter() {
        this.model.setSubmitter(!this.state.form.submitter);
        this.focusScan();
    }

    async onDesk(ev) {
        await this.model.changeDesk(parseInt(ev.target.value));
        this.focusScan();
    }

    chooseCase(caseId) {
        Object.assign(this.item, { case_id: caseId, case_wanted: false });
        this.model.refreshItem();
    }

    totalOf({ fees }) {
        return fees.length
            ? formatMoney(fees.reduce((sum, fee) => sum + fee.amount, 0))
            : _t("no fee");
    }

    get isFavourite() {
        return this.state.shortcuts.some(
            (row) => row.favourite && row.procedure_id === this.item.procedure_id
        );
    }

    // ---------------------------------------------------------------------

    async confirm() {
        const { alert } = this.state;
        const done = await (alert && alert.retry ? this.model.retry() : this.model.confirm());
        if (done) {
            this.local.formOpen = false;
            this.focusScan();
        }
    }

    addAnother() {
        if (this.model.addAnother()) {
            this.local.formOpen = false;
            this.focusScan();
        }
    }

    askRefusal() {
        if (!this.item) {
            return;
        }
        this.dialog.add(
            ReasonDialog,
            {
                title: _t("Refuse to receive (form 03)"),
                label: _t("Reason, as printed on the form"),
                button: _t("Refuse and print"),
                papers: [],
                onConfirm: async (reason) => {
                    const done = await this.model.refuse(reason);
                    return done ? "" : this.state.alert.message;
                },
            },
            { onClose: () => this.focusScan() }
        );
    }

    askGuidance() {
        if (!this.item) {
            return;
        }
        this.dialog.add(
            ReasonDialog,
            {
                title: _t("Guidance given"),
                label: _t("What was advised"),
                button: _t("Record and print"),
                papers: this.item.papers.map((paper) => ({
                    component_id: paper.component_id,
                    name: paper.name,
                    missing: paper.required && !isHandedIn(paper) && !paper.database,
                    database: paper.database,
                })),
                onConfirm: async (text, ids, databaseReason) => {
                    try {
                        await this.model.guide(text, ids, databaseReason);
                    } catch (error) {
                        return this.model.sentence(error);
                    }
                },
            },
            { onClose: () => this.focusScan() }
        );
    }

    askDiscard() {
        this.dialog.add(
            ConfirmationDialog,
            {
                title: _t("Start anew"),
                body: _t("What was typed and scanned for this person is thrown away."),
                confirmLabel: _t("Throw away"),
                confirm: () => this.model.discard(),
                cancel: () => {},
            },
            { onClose: () => this.focusScan() }
        );
    }
}

registry.category("actions").add("motcua_intake", IntakeAction);
