import { Component, useState } from "@odoo/owl";
import { ConditionEditor } from "../editor/condition_editor";

/** The ways that lead on from a step, and back. */
export class WayList extends Component {
    static template = "motcua_studio.WayList";
    static components = { ConditionEditor };
    static props = { model: Object, step: Object };

    setup() {
        this.model = this.props.model;
        this.state = useState(this.model.state);
    }

    get ways() {
        return this.state.flow.ways.filter((way) => way.from === this.props.step.key);
    }

    get canAdd() {
        return this.model.targets(this.props.step).length > 0;
    }

    /** Keys of steps are numbers or texts, those of a list of choices only texts. */
    onTarget(way, ev) {
        const to = this.state.flow.steps.find(
            (step) => String(step.key) === ev.target.value
        );
        this.model.alterWay(way, { to: to.key });
    }
}
