import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { formatDay } from "../eform/day";
import { formatDue, formatMoney } from "../intake/intake_format";
import { useScanner } from "../scan/scan_service";
import { ReturnModel } from "./return_model";
import { SignatureDialog } from "./signature_dialog";

// Some scanners end with two Enters, and the second must not confirm the first.
const SETTLED = 700;

/** The return desk: one scan and a confirm hand a result over. */
export class ReturnAction extends Component {
    static template = "motcua_base.ReturnAction";
    static props = { ...standardActionServiceProps };

    setup() {
        this.actionService = useService("action");
        this.dialog = useService("dialog");
        this.model = new ReturnModel(useService("orm"));
        this.state = useState(this.model.state);
        this.local = useState({ typed: "" });
        this.root = useRef("root");
        this.shownAt = Infinity;
        Object.assign(this, { formatDay, formatDue, formatMoney });
        const options = { bypassEditableProtection: true };
        useHotkey("alt+s", () => this.focusScan(), options);
        useHotkey("alt+enter", () => this.confirm(), options);
        useHotkey("alt+x", () => this.leave(), options);
        useScanner((scanned) => this.find(scanned));
        onMounted(() => this.focusScan());
    }

    focus(selector) {
        // Once the new state is on the screen.
        setTimeout(() => this.root.el?.querySelector(selector)?.focus());
    }

    focusScan() {
        this.focus("[name=scan]");
    }

    get channelLabel() {
        return Object.fromEntries(this.state.channels);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.altKey) {
            ev.preventDefault();
            if (this.local.typed.trim()) {
                this.find(this.local.typed);
                // The next scan may begin before the empty field is drawn.
                ev.target.value = "";
            } else if (performance.now() - this.shownAt > SETTLED) {
                this.confirm();
            }
        } else if (ev.key === "Escape") {
            this.leave();
        }
    }

    async find(typed) {
        this.local.typed = "";
        this.shownAt = Infinity;
        if (await this.model.find(typed)) {
            this.shownAt = performance.now();
        }
        this.focusScan();
    }

    async confirm() {
        if (await this.model.confirm()) {
            this.focusScan();
        }
    }

    leave() {
        this.local.typed = "";
        this.model.reset();
        this.focusScan();
    }

    setWho(who) {
        this.state.form.who = who;
        // Somebody else signs anew.
        this.state.form.signature = "";
        if (who === "other") {
            this.focus("[name=receiver]");
        }
    }

    sign() {
        const { form } = this.state;
        const props = {
            name: this.model.receiver().receiver,
            confirm: (picture) => {
                form.signature = picture;
            },
        };
        this.dialog.add(SignatureDialog, props, { onClose: () => this.focusScan() });
    }

    openDossier(id) {
        this.actionService.doAction({
            type: "ir.actions.act_window",
            res_model: "motcua.dossier",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("motcua_return_desk", ReturnAction);
