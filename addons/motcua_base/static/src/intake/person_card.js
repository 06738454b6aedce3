import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDay, parseDay } from "../eform/day";
import { newPerson } from "./intake_model";

/** The applicant, or who files for the applicant. */
export class PersonCard extends Component {
    static template = "motcua_base.PersonCard";
    static props = { model: Object, target: String, title: String, slots: { optional: true } };

    setup() {
        this.state = useState(this.props.model.state);
        this.formatDay = formatDay;
        this.types = [
            ["1", _t("Citizen")],
            ["2", _t("Business")],
            ["3", _t("State body")],
            ["4", _t("Other organisation")],
        ];
    }

    get person() {
        // Taken away while it is still drawn, when somebody else no longer files.
        return this.state.form[this.props.target] || newPerson();
    }

    get isCitizen() {
        return this.person.type === "1";
    }

    onNumber(ev) {
        this.props.model.lookUp(this.props.target, ev.target.value);
    }

    onBirthdate(ev) {
        this.person.birthdate = parseDay(ev.target.value);
    }

    onTypeChange() {
        if (!this.isCitizen && !this.state.form.submitter) {
            this.props.model.setSubmitter(true);
        }
    }

    /** What the officer chose of the two values of `change`. */
    isReplaced(change) {
        return this.person.replace.includes(change.name);
    }

    keep(change) {
        this.person[change.name] = change.stored;
        this.person.replace = this.person.replace.filter((name) => name !== change.name);
    }

    replace(change) {
        this.person[change.name] = change.card;
        this.person.replace = [...this.person.replace, change.name];
    }
}
