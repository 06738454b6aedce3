import { Component, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";

/** Asks for a reason in words, and which papers are missing. */
export class ReasonDialog extends Component {
    static template = "motcua_base.ReasonDialog";
    static components = { Dialog };
    static props = {
        title: String,
        label: String,
        button: String,
        text: { type: String, optional: true },
        papers: Array,
        // Gets the text, the ids of the papers and why such are asked for whose data
        // stands in a database; returns an error sentence, or nothing.
        onConfirm: Function,
        close: Function,
    };

    setup() {
        this.state = useState({
            text: this.props.text || "",
            missing: Object.fromEntries(
                this.props.papers.map((paper) => [paper.component_id, paper.missing])
            ),
            databaseReason: "",
            busy: false,
            error: "",
        });
        this.text = useRef("text");
        useAutofocus({ refName: "text" });
    }

    /** Whether a paper is asked for whose data stands in a database. */
    get asksDatabase() {
        return this.props.papers.some(
            (paper) => paper.database && this.state.missing[paper.component_id]
        );
    }

    async confirm() {
        const { state } = this;
        const ids = this.props.papers
            .map((paper) => paper.component_id)
            .filter((id) => state.missing[id]);
        if (!state.text.trim() && !ids.length) {
            this.text.el.focus();
            return;
        }
        state.busy = true;
        const why = this.asksDatabase ? state.databaseReason.trim() : "";
        state.error = await this.props.onConfirm(state.text.trim(), ids, why);
        state.busy = false;
        if (!state.error) {
            this.props.close();
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.altKey)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.confirm();
        }
    }
}
