import { Component } from "@odoo/owl";
import { formatDay, parseDay } from "@motcua_base/eform/day";

const MEMBERSHIP = ["in", "not in"];
const PRESENCE = ["filled", "empty"];
const NUMBERS = ["integer", "float", "money"];

/** A condition as rows of field, operator and value, joined by all or any. */
export class ConditionEditor extends Component {
    static template = "motcua_studio.ConditionEditor";
    static props = {
        model: Object,
        field: Object,
        property: String,
        neighbours: Array,
        title: String,
    };

    get join() {
        return Object.keys(this.props.field[this.props.property] || {})[0] || "all";
    }

    get tests() {
        const condition = this.props.field[this.props.property];
        return condition ? condition[this.join] : [];
    }

    fieldOf(test) {
        return this.props.neighbours.find((field) => field.name === test.field);
    }

    operators(test) {
        const field = this.fieldOf(test);
        return field ? this.props.model.operatorsOf(field) : [];
    }

    /** What kind of input the value needs. */
    inputOf(test) {
        const field = this.fieldOf(test);
        if (!field || PRESENCE.includes(test.op)) {
            return "none";
        }
        const isList = MEMBERSHIP.includes(test.op);
        if (field.type === "selection" || field.type === "tags") {
            return isList ? "several" : "one";
        }
        const type = this.props.model.answerType(field);
        if (type === "boolean") {
            return "yesno";
        }
        return isList ? "list" : type === "date" ? "day" : "text";
    }

    // ---------------------------------------------------------------------

    write(join, tests, tag) {
        const { model, field, property } = this.props;
        model.change(() => {
            field[property] = tests.length ? { [join]: tests } : false;
        }, tag && `${field.key}/${property}/${tag}`);
    }

    setJoin(join) {
        this.write(join, this.tests);
    }

    add() {
        const [first] = this.props.neighbours;
        this.write(this.join, [...this.tests, this.newTest(first)]);
    }

    newTest(field) {
        const [op] = this.props.model.operatorsOf(field);
        const test = { field: field.name, op };
        return { ...test, value: this.blankValue(test) };
    }

    blankValue(test) {
        const kind = this.inputOf(test);
        if (kind === "one") {
            return this.fieldOf(test).options[0]?.key || "";
        }
        return { none: false, yesno: true, several: [], list: [] }[kind] ?? "";
    }

    replace(index, test, tag) {
        this.write(this.join, this.tests.with(index, test), tag);
    }

    remove(index) {
        this.write(this.join, this.tests.toSpliced(index, 1));
    }

    onField(index, ev) {
        const field = this.props.neighbours.find((other) => other.name === ev.target.value);
        this.replace(index, this.newTest(field));
    }

    onOperator(index, ev) {
        const before = this.tests[index];
        const test = { ...before, op: ev.target.value };
        if (this.inputOf(test) !== this.inputOf(before)) {
            test.value = this.blankValue(test);
        }
        this.replace(index, test);
    }

    setValue(index, value, tag) {
        this.replace(index, { ...this.tests[index], value }, tag);
    }

    onText(index, ev) {
        const text = ev.target.value;
        const isNumber =
            NUMBERS.includes(this.props.model.answerType(this.fieldOf(this.tests[index]))) &&
            /^-?\d+$/.test(text.trim());
        this.setValue(index, isNumber ? Number(text) : text, `value${index}`);
    }

    onList(index, ev) {
        const items = ev.target.value.split(";").map((item) => item.trim());
        this.setValue(index, items.filter(Boolean));
    }

    toggle(index, key) {
        const keys = this.tests[index].value;
        this.setValue(
            index,
            keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]
        );
    }

    dayOf(test) {
        return formatDay(test.value);
    }

    onDay(index, ev) {
        this.setValue(index, parseDay(ev.target.value));
    }
}
