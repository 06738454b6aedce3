import { reactive, toRaw } from "@odoo/owl";
import { LatestAnswer } from "@motcua_base/latest/latest_answer";

/** Model of an EForm that shows the form as it is being drawn. */
export class FormPreviewModel {
    constructor(editor) {
        this.editor = editor;
        this.state = reactive({
            form: { item: { form: [], values: {}, check: false } },
            filledBy: "citizen",
            checking: false,
            problem: "",
        });
        this.check = new LatestAnswer(this.state, "checking", 250, {
            ask: () =>
                editor.call(
                    "preview",
                    editor.toSave(),
                    toRaw(this.item).values,
                    this.state.filledBy
                ),
            take: ({ form, check, findings }) => {
                Object.assign(this.item, { form, check });
                this.state.problem = "";
                editor.state.findings = findings;
            },
            fail: (error) => (this.state.problem = editor.sentence(error)),
        });
    }

    get item() {
        return this.state.form.item;
    }

    checkForm() {
        this.check.soon();
    }

    setFilledBy(party) {
        this.state.filledBy = party;
        this.check.now();
    }

    clear() {
        this.item.values = {};
        this.check.now();
    }

    /** What was typed stays with a field that is renamed. */
    rename(before, after) {
        const { values } = this.item;
        if (before in values && before !== after) {
            values[after] = values[before];
            delete values[before];
        }
    }

    /** And with a choice that gets another key. */
    renameChoice(name, before, after) {
        const { values } = this.item;
        if (values[name] === before) {
            values[name] = after;
        } else if (Array.isArray(values[name])) {
            values[name] = values[name].map((key) => (key === before ? after : key));
        }
    }

    // What an EForm asks of its model; nothing tried out here is kept.

    async suggest(field, typed) {
        return this.editor.orm.silent.call("motcua.form.field", "suggest", [field.type, typed]);
    }

    async keepFile(field, files) {
        return { id: 0, name: files[0].name };
    }

    async dropFile() {}
}
