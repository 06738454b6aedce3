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
        // Gets the text and the ids of the papers; returns an error sentence, or nothing.
        onConfirm: Function,
        close: Function,
    };

    setup() {
        this.state = useState({
            text: this.props.text || "",
            missing: Object.fromEntries(
                this.props.papers.map((paper) => [paper.component_id, paper.missing])
            ),
            busy: false,
            error: "",
        });
        this.text = useRef("text");
        useAutofocus({ refName: "text" });
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
        state.error = await this.props.onConfirm(state.text.trim(), ids);
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
