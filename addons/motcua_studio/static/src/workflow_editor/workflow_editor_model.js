import { toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { LatestAnswer } from "@motcua_base/latest/latest_answer";
import { EditorModel } from "../editor/editor_model";
import { blankStep, insertStep, linked, newWay, proposedName, toData, toState, withKeys } from "./workflow_rows";

/**
 * Everything the workflow editor knows and does; components only show it. The workflow
 * lies in `state.flow`, and is drawn and checked by the server.
 */
export class WorkflowEditorModel extends EditorModel {
    constructor(orm, workflowId) {
        super(orm, "motcua.workflow.editor", workflowId, {
            flow: { name: "", description: "", steps: [], ways: [] },
            choices: {},
            usage: {},
            version: false,
            seen: { picture: "", problems: [], share: false, term: false, shares: {} },
            // Whether the picture shows an earlier state.
            drawing: false,
        });
        /** The server draws and checks the workflow as it is now. */
        this.look = new LatestAnswer(this.state, "drawing", 200, {
            ask: () => this.call("look", this.toSave(), this.state.version?.id || false),
            take: (seen) => (this.state.seen = seen),
            fail: (error) => (this.state.alert = this.sentence(error)),
        });
        this.loaded = this.load();
    }

    take({ data, choices, usage, version }) {
        version = this.state.version || version;
        Object.assign(this.state, { flow: toState(data), choices, usage, version });
    }

    toSave() {
        return toData(toRaw(this.state.flow));
    }

    put(data) {
        this.state.flow = toState(data);
    }

    afterChange() {
        super.afterChange();
        this.look.soon();
    }

    // ---------------------------------------------------------------------
    // What is shown beside
    // ---------------------------------------------------------------------

    /** @param {number|false} versionId by which conditions are chosen and days counted */
    async setVersion(versionId) {
        this.state.version =
            versionId && (await this.orm.silent.call(this.server, "sample", [versionId]));
        await this.look.now();
    }

    get types() {
        return this.state.version?.types || {};
    }

    get operators() {
        return this.state.version?.operators || {};
    }

    get formFields() {
        const fields = this.state.version?.fields || [];
        return fields.filter((field) => this.operatorsOf(field)?.length);
    }

    operatorsOf(field) {
        return this.types[this.answerType(field)]?.operators;
    }

    answerType(field) {
        return field.answer;
    }

    /** Whether steps and ways have to stay as they are. */
    get locked() {
        return this.state.usage.open_dossiers > 0;
    }

    // ---------------------------------------------------------------------
    // Steps and ways
    // ---------------------------------------------------------------------

    step(key) {
        return this.state.flow.steps.find((step) => step.key === key);
    }

    /** @param {number} [id] opened from outside */
    chooseStep(id) {
        if (this.step(id)) {
            this.choose(id);
        }
    }

    set(record, name, value, tag = false) {
        this.change(() => {
            record[name] = value;
        }, tag && `${record.key}/${name}`);
    }

    /** What leads to the step goes by its name, while nobody has worded it otherwise. */
    rename(step, name) {
        this.change(() => {
            const ways = this.state.flow.ways.filter(
                (way) => way.to === step.key && way.name === proposedName(step, way.kind)
            );
            step.name = name;
            for (const way of ways) {
                way.name = proposedName(step, way.kind);
            }
        }, `${step.key}/name`);
    }

    /** The steps that every workflow has, to begin with. */
    begin() {
        this.change(() => {
            const { steps } = this.state.flow;
            const label = Object.fromEntries(this.state.choices.kind);
            const desk = { role: "receiving_officer", place: "desk" };
            for (const kind of ["receive", "return"]) {
                steps.push({ ...this.blankStep(kind), ...desk, kind, name: label[kind] });
            }
            this.choose(steps[0].key);
        });
    }

    /** In the column of the step chosen, where that is work too. */
    blankStep(kind = "work") {
        const near = this.step(this.state.chosen);
        const { column } = this.state.choices;
        return blankStep(near?.kind === kind ? near.stage_id : column[kind]);
    }

    /** Adds a step after the one chosen: the only way on from there now leads through it. */
    addStep() {
        this.change(() => {
            const { flow, chosen } = this.state;
            const step = this.blankStep();
            step.name = _t("New step");
            insertStep(flow, step, this.step(chosen));
            this.choose(step.key, true);
        });
    }

    removeStep(step) {
        this.change(() => {
            const { flow } = this.state;
            flow.steps = flow.steps.filter((other) => other.key !== step.key);
            flow.ways = flow.ways.filter((way) => !linked(way, step));
            this.choose(false);
        });
    }

    /** @param {number} index where it is to stand among the others */
    moveStep(key, index) {
        const { steps } = this.state.flow;
        const from = steps.findIndex((step) => step.key === key);
        if (from >= 0 && index >= 0 && index < steps.length && index !== from) {
            this.change(() => {
                const [step] = steps.splice(from, 1);
                steps.splice(index, 0, step);
            });
        }
    }

    waysFrom(step) {
        return this.state.flow.ways.filter((way) => way.from === step.key);
    }

    /** Steps that a way from `step` may lead to. */
    targets(step, way = null) {
        const taken = this.waysFrom(step).map((other) => other.to);
        return this.state.flow.steps.filter(
            (other) =>
                other.key === way?.to ||
                (other.kind !== "return" && other.key !== step.key && !taken.includes(other.key))
        );
    }

    addWay(step, kind) {
        const keys = this.state.flow.steps.map((other) => other.key);
        const place = (other) => keys.indexOf(other.key);
        const free = this.targets(step);
        const later = free.filter((other) => place(other) > place(step));
        const earlier = free.filter((other) => place(other) < place(step));
        const to = kind === "forward" ? later[0] || free[0] : earlier.at(-1) || free[0];
        if (to) {
            this.change(() => this.state.flow.ways.push(newWay(step, to, kind)));
        }
    }

    removeWay(way) {
        this.change(() => {
            const { flow } = this.state;
            flow.ways = flow.ways.filter((other) => other.key !== way.key);
        });
    }

    /** Changes where a way leads, or its kind; its name follows while nobody changed it. */
    alterWay(way, changes) {
        this.change(() => {
            const proposed = way.name === proposedName(this.step(way.to), way.kind);
            Object.assign(way, changes);
            if (proposed) {
                way.name = proposedName(this.step(way.to), way.kind);
            }
            if (way.kind === "return") {
                way.condition = false;
            }
        });
    }

    // ---------------------------------------------------------------------
    // Saving
    // ---------------------------------------------------------------------

    /** @returns {Promise<boolean>} whether it was saved */
    async save() {
        const { state } = this;
        const sent = this.toSave();
        const answer = await this.attempt("save_workflow", state.revision, sent);
        if (!answer) {
            return false;
        }
        const { data, revision } = answer;
        const isUnchanged = JSON.stringify(this.toSave()) === JSON.stringify(sent);
        // New steps have other keys now, also in what was changed while it was saved.
        const keys = new Map(sent.steps.map((step, index) => [step.key, data.steps[index].key]));
        this.put(isUnchanged ? data : withKeys(this.toSave(), keys));
        state.chosen = keys.get(state.chosen) || state.chosen;
        // What was before cannot be gone back to.
        this.history.clear();
        this.afterSave(revision, JSON.stringify(toData(toState(data))));
        return true;
    }

    /** @returns {Promise<number|false>} id of the copy */
    async saveCopy() {
        const copyId = await this.attempt("save_copy", this.toSave());
        if (copyId) {
            this.state.dirty = false;
            this.draft.clear();
        }
        return copyId;
    }
}
