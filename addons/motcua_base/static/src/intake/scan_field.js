import { Component, onMounted, useEffect, useRef, useState } from "@odoo/owl";

/**
 * The one field where an officer scans or types whatever comes: an ID card, a number, a
 * procedure, a receipt. Words show the procedures that have them; Enter takes the first.
 */
export class ScanField extends Component {
    static template = "motcua_base.ScanField";
    static props = { model: Object, onDossier: Function, onDone: Function };

    setup() {
        this.state = useState(this.props.model.state);
        this.local = useState({ typed: "", chosen: 0, scanning: false });
        this.input = useRef("input");
        onMounted(() => this.focus());
        useEffect(
            () => {
                this.local.chosen = 0;
            },
            () => [this.state.found]
        );
    }

    focus() {
        this.input.el?.focus();
        this.input.el?.select();
    }

    onInput(ev) {
        this.state.scanMessage = "";
        this.props.model.findProcedures(ev.target.value);
    }

    onKeydown(ev) {
        const { found } = this.state;
        if (ev.key === "Enter" && !ev.altKey) {
            ev.preventDefault();
            this.take();
        } else if (ev.key === "ArrowDown" && found.length) {
            ev.preventDefault();
            this.local.chosen = (this.local.chosen + 1) % found.length;
        } else if (ev.key === "ArrowUp" && found.length) {
            ev.preventDefault();
            this.local.chosen = (this.local.chosen + found.length - 1) % found.length;
        } else if (ev.key === "Escape") {
            this.clear();
        }
    }

    async take() {
        const { local } = this;
        this.props.model.search.drop();
        const chosen = local.chosen && this.state.found[local.chosen];
        if (chosen) {
            return this.choose(chosen);
        }
        local.scanning = true;
        const { typed } = local;
        // What comes meanwhile is the next scan, and replaces this one.
        this.focus();
        const answer = await this.props.model.scan(typed);
        local.scanning = false;
        if (local.typed === typed) {
            if (answer && answer.kind !== "unknown") {
                local.typed = "";
            } else {
                this.focus();
            }
        }
        if (answer?.kind === "dossier") {
            this.props.onDossier(answer.id);
        } else if (answer) {
            this.props.onDone(answer);
        }
    }

    async choose(row) {
        this.clear();
        await this.props.model.chooseProcedure(row);
        this.props.onDone({ kind: "procedure" });
    }

    pick(person) {
        this.clear();
        this.props.model.setPerson(person);
        this.props.onDone({ kind: "person", person });
    }

    clear() {
        this.local.typed = "";
        this.props.model.forgetScan();
    }
}
