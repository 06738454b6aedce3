import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { NumberInput } from "../eform/number_input";
import { COUNTS, isHandedIn } from "./intake_model";

const COLUMNS = [
    { name: "originals", label: _t("Orig."), title: _t("Originals") },
    { name: "certified", label: _t("Cert."), title: _t("Certified copies") },
    { name: "copies", label: _t("Plain"), title: _t("Plain copies") },
];

/** The papers wanted, what was handed in of each, and their scans. */
export class PaperList extends Component {
    static template = "motcua_base.PaperList";
    static components = { NumberInput };
    static props = { model: Object };

    setup() {
        this.state = useState(this.props.model.state);
        this.counts = COLUMNS;
        this.isHandedIn = isHandedIn;
    }

    get papers() {
        // Still drawn once when the dossier has just been received.
        return this.state.form.item ? this.state.form.item.papers : [];
    }

    /** Ticks a paper with the numbers wanted, or unticks it. */
    toggle(paper) {
        const handedIn = COUNTS.some((name) => paper[name] > 0);
        const [originals, certified, copies] = handedIn ? [0, 0, 0] : paper.wanted;
        Object.assign(paper, { originals, certified, copies });
        if (!handedIn && !isHandedIn(paper)) {
            paper.originals = 1;
        }
        this.props.model.checkForm();
    }

    setCount(paper, name, count) {
        // One that cannot be read stays a text, for the server to refuse.
        paper[name] = typeof count === "number" ? Math.min(99, Math.max(0, count)) : count;
        this.props.model.checkForm();
    }

    accept(paper) {
        const kinds = paper.accepted.split(",").map((kind) => `.${kind.trim()}`);
        // Pictures become pages of a PDF.
        return kinds.includes(".pdf") ? [...kinds, "image/*", ".heic"].join(",") : kinds.join(",");
    }

    title(file) {
        return file.originals
            ? _t("%(name)s (kept as handed in: %(count)s)", {
                  name: file.name,
                  count: file.originals,
              })
            : file.name;
    }

    async onFiles(paper, ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        if (files.length) {
            await this.props.model.attach(paper, files);
        }
    }
}
