import { Component, reactive, toRaw, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { EForm } from "../eform/eform";
import { LatestAnswer } from "../latest/latest_answer";
import { errorSentence } from "../session/session_expired";

/** One repeating section of a dossier, as an EForm wants it. */
class RowsModel {
    constructor(orm, dossierId, { field, rows }) {
        this.orm = orm;
        this.dossierId = dossierId;
        const values = { [field.name]: structuredClone(toRaw(rows)) };
        const item = { form: [toRaw(field)], values, check: false };
        this.state = reactive({ form: { item }, checking: false, error: "" });
        this.check = new LatestAnswer(this.state, "checking", 350, {
            ask: () =>
                this.orm.silent.call("motcua.dossier", "check_answers", [
                    [this.dossierId],
                    this.item.values,
                ]),
            take: (check) => (this.item.check = check),
            // The server checks again on saving.
            fail: () => {},
        });
        this.checkForm();
    }

    get item() {
        return this.state.form.item;
    }

    checkForm() {
        this.check.soon();
    }

    suggest(field, typed) {
        return this.orm.silent.call("motcua.form.field", "suggest", [field.type, typed]);
    }

    /** @returns {Promise<boolean>} whether the rows are saved */
    async save() {
        this.state.error = "";
        try {
            await this.orm.silent.write("motcua.dossier", [this.dossierId], {
                form_values: this.item.values,
            });
            return true;
        } catch (error) {
            this.state.error =
                error instanceof ConnectionLostError
                    ? _t("The connection was cut. Nothing is lost: try again.")
                    : errorSentence(error);
            return false;
        }
    }
}

/** Rows of a repeating section are added, changed and removed, then saved together. */
export class FormRowsDialog extends Component {
    static template = "motcua_base.FormRowsDialog";
    static components = { Dialog, EForm };
    static props = { dossierId: Number, section: Object, onSaved: Function, close: Function };

    setup() {
        this.model = new RowsModel(
            useService("orm"),
            this.props.dossierId,
            this.props.section
        );
        this.state = useState(this.model.state);
        this.local = useState({ saving: false });
    }

    async save() {
        this.local.saving = true;
        const saved = await this.model.save();
        this.local.saving = false;
        if (saved) {
            this.props.close();
            await this.props.onSaved();
        }
    }
}
