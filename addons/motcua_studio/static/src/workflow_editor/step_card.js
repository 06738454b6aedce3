import { Component, useState } from "@odoo/owl";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { formatNumber } from "@motcua_base/eform/number";
import { NumberInput } from "@motcua_base/eform/number_input";
import { WayList } from "./way_list";

/** A step in the list; the one chosen shows all that can be set of it. */
export class StepCard extends Component {
    static template = "motcua_studio.StepCard";
    static components = { MultiRecordSelector, NumberInput, RecordSelector, WayList };
    static props = { model: Object, stepKey: [Number, String], index: Number };

    setup() {
        this.model = this.props.model;
        this.state = useState(this.model.state);
    }

    get step() {
        const { stepKey } = this.props;
        // One that was just removed is still here until the list is drawn anew.
        this.shown = this.state.flow.steps.find(({ key }) => key === stepKey) || this.shown;
        return this.shown;
    }

    get isChosen() {
        return this.state.chosen === this.step.key;
    }

    get problems() {
        return this.state.seen.problems.filter((problem) => problem.step === this.step.key);
    }

    get count() {
        return this.state.flow.steps.length;
    }

    get share() {
        const { step, state } = this;
        const words = state.seen.shares?.[step.key];
        return step.term_share ? `${formatNumber(step.term_share)} %${words ? ` · ${words}` : ""}` : "";
    }

    label(name) {
        const choices = this.state.choices[name] || [];
        return choices.find(([value]) => value === this.step[name])?.[1] || "";
    }

    set(name, value, tag) {
        this.model.set(this.step, name, value, tag);
    }

    toggle() {
        this.model.choose(this.isChosen ? false : this.step.key);
    }

    onKeydown(ev) {
        const { index } = this.props;
        const { model, step } = this;
        if (ev.target !== ev.currentTarget) {
            return;
        }
        if (ev.key === "Enter" || ev.key === " ") {
            this.toggle();
        } else if (ev.altKey && ev.key === "ArrowUp") {
            model.moveStep(step.key, index - 1);
        } else if (ev.altKey && ev.key === "ArrowDown") {
            model.moveStep(step.key, index + 1);
        } else {
            return;
        }
        ev.preventDefault();
    }
}
