import { reactive, toRaw } from "@odoo/owl";
import { debounce } from "@web/core/utils/timing";

/** Model of an EForm that shows the form as it is being drawn. */
export class FormPreviewModel {
    constructor(editor) {
        this.editor = editor;
        this.state = reactive({
            form: { item: { form: [], values: {}, check: false } },
            filledBy: "citizen",
            problem: "",
        });
        this.turn = 0;
        this.checkForm = debounce(() => this.run(), 250);
    }

    get item() {
        return this.state.form.item;
    }

    async run() {
        const { editor, state } = this;
        const turn = ++this.turn;
        let answer;
        try {
            answer = await editor.call(
                "preview",
                editor.toSave(),
                toRaw(this.item).values,
                state.filledBy
            );
        } catch (error) {
            if (turn === this.turn) {
                state.problem = editor.sentence(error);
            }
            return;
        }
        if (turn === this.turn) {
            this.item.form = answer.form;
            this.item.check = answer.check;
            state.problem = "";
            editor.state.findings = answer.findings;
        }
    }

    setFilledBy(party) {
        this.state.filledBy = party;
        this.run();
    }

    clear() {
        this.item.values = {};
        this.run();
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
