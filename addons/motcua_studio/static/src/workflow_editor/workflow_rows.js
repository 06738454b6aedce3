import { _t } from "@web/core/l10n/translation";
import { newKey } from "../editor/new_key";

/**
 * The workflow as the editor holds it: the data of the server, in which each way has a
 * `key` of its own on this screen, and new steps have keys that are no numbers.
 */

/** Data of the server as the editor holds it. */
export function toState(data) {
    return {
        ...data,
        steps: data.steps.map((step) => ({ ...step })),
        ways: data.ways.map((way) => ({ ...way, key: newKey() })),
    };
}

/** The other way round. */
export function toData(flow) {
    return {
        ...flow,
        ways: flow.ways.map(({ key, ...way }) => ({ ...way, condition: way.condition || null })),
    };
}

/** The same data with other keys for its steps. */
export function withKeys(data, keys) {
    const other = (key) => keys.get(key) || key;
    return {
        ...data,
        steps: data.steps.map((step) => ({ ...step, key: other(step.key) })),
        ways: data.ways.map((way) => ({ ...way, from: other(way.from), to: other(way.to) })),
    };
}

export function linked(way, step) {
    return way.from === step.key || way.to === step.key;
}

export function proposedName(to, kind) {
    return kind === "forward" ? _t("To: %s", to.name) : _t("Back to: %s", to.name);
}

export function newWay(from, to, kind) {
    return {
        key: newKey(),
        from: from.key,
        to: to.key,
        kind,
        name: proposedName(to, kind),
        condition: null,
    };
}

export function blankStep(stageId) {
    return {
        key: `new_${newKey()}`,
        name: "",
        kind: "work",
        stage_id: stageId,
        role: "handler",
        place: "department",
        agency_id: false,
        term_share: 0,
        assignment: "queue",
        user_id: false,
        requires: "nothing",
        can_finish: false,
        consult_agency_ids: [],
        consult_days: 3,
    };
}

/**
 * Puts a step behind another one. Where just one way leads on from there, it leads to
 * the new step now, and on from that to where it led before.
 */
export function insertStep(flow, step, after) {
    const handingOver = flow.steps.findIndex((other) => other.kind === "return");
    const behind = flow.steps.indexOf(after) + 1;
    const end = handingOver < 0 ? flow.steps.length : handingOver;
    flow.steps.splice(after && after.kind !== "return" ? behind : end, 0, step);
    if (!after || after.kind === "return") {
        return;
    }
    const onward = flow.ways.filter((way) => way.from === after.key && way.kind === "forward");
    if (onward.length === 1 && !onward[0].condition) {
        const [way] = onward;
        flow.ways.push({ ...way, key: newKey(), from: step.key });
        Object.assign(way, { to: step.key, name: proposedName(step, "forward") });
    } else if (!onward.length) {
        flow.ways.push(newWay(after, step, "forward"));
    }
}
