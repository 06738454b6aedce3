import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { NumberInput } from "../eform/number_input";
import { formatDue, formatMoney } from "./intake_format";

/** What is promised and asked for, and the buttons that end the intake. */
export class Summary extends Component {
    static template = "motcua_base.Summary";
    static components = { NumberInput };
    static props = {
        model: Object,
        onConfirm: Function,
        onAnother: Function,
        onRefuse: Function,
        onGuide: Function,
        onDiscard: Function,
    };

    setup() {
        this.state = useState(this.props.model.state);
        this.formatDue = formatDue;
        this.formatMoney = formatMoney;
        this.returnChannels = [
            ["counter", _t("At the counter")],
            ["post", _t("By post")],
            ["online", _t("Online")],
        ];
        this.payments = [
            ["", _t("Not paid yet")],
            ["cash", _t("Paid in cash")],
            ["transfer", _t("Paid by transfer")],
        ];
    }

    get form() {
        return this.state.form;
    }

    get dossiers() {
        return [...this.form.items, this.form.item].filter(Boolean);
    }

    get fees() {
        return this.dossiers.flatMap((item) => item.fees);
    }

    get total() {
        return this.fees.reduce((sum, fee) => sum + fee.amount, 0);
    }

    get hasBegun() {
        const { applicant } = this.form;
        return Boolean(
            this.dossiers.length || applicant.name || applicant.id_number || applicant.phone
        );
    }

    onChannel(ev) {
        this.form.item.channel = ev.target.value;
        this.props.model.refreshItem();
    }

    /** What proves the exemption that is chosen. */
    get proof() {
        const { exemptions, exemption_id } = this.form.item;
        return exemptions.find((rule) => rule.id === exemption_id)?.proof;
    }

    onExemption(ev) {
        this.form.item.exemption_id = parseInt(ev.target.value) || false;
        this.props.model.refreshItem();
    }

    setCount(name, count) {
        // One that cannot be read stays a text, for the server to refuse.
        this.form.item[name] = typeof count === "number" ? Math.max(1, count) : count;
        this.props.model.refreshItem();
    }

    onAtOnce(ev) {
        this.form.item.atOnce = ev.target.checked;
    }
}
