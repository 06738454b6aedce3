import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { printReports } from "../intake/intake_print";
import { LatestAnswer } from "../latest/latest_answer";
import { errorSentence } from "../session/session_expired";

const DESK_KEY = "motcua_return_desk";

/** Everything the return screen knows and does; components only show it. */
export class ReturnModel {
    constructor(orm) {
        this.orm = orm;
        this.state = reactive({
            ready: false,
            refused: "",
            desks: [],
            desk: { id: false, name: "" },
            channels: [],
            methods: [],
            waiting: [],
            waitingCount: 0,
            finding: false,
            found: [],
            message: "",
            alert: false,
            busy: false,
            result: false,
            form: false,
            last: false,
        });
        this.handing = Promise.resolve();
        this.search = new LatestAnswer(this.state, "finding", 0, {
            ask: () => this.askResult(),
            take: (answer) => this.takeResult(answer),
            fail: (error) => (this.state.message = this.sentence(error)),
        });
        this.loaded = this.load(parseInt(browser.localStorage.getItem(DESK_KEY)) || false);
    }

    call(method, ...args) {
        return this.orm.silent.call("motcua.desk", method, [this.state.desk.id, ...args]);
    }

    async load(deskId) {
        let screen;
        try {
            screen = await this.orm.silent.call("motcua.desk", "load_returns", [deskId]);
        } catch (error) {
            const sentence = this.sentence(error);
            this.state[this.state.ready ? "message" : "refused"] = sentence;
            return;
        }
        const { waiting_count: waitingCount, ...known } = screen;
        Object.assign(this.state, known, { waitingCount, ready: true });
    }

    chooseDesk(id) {
        browser.localStorage.setItem(DESK_KEY, id);
        this.reset();
        this.loaded = this.load(id);
    }

    reset() {
        this.search.drop();
        Object.assign(this.state, {
            found: [],
            message: "",
            alert: false,
            result: false,
            form: false,
        });
    }

    /**
     * What was scanned last is shown; what is just being handed over is waited for, and
     * stays where that is refused.
     *
     * @returns {Promise<boolean>} whether a result lies before the officer now
     */
    async find(typed) {
        if (!typed.trim()) {
            return false;
        }
        this.typed = typed;
        if (await this.handing.then(() => true, () => false)) {
            this.reset();
            this.state.last = false;
            await this.search.now();
        }
        return Boolean(this.state.result);
    }

    async askResult() {
        await this.loaded;
        return this.call("find_result", this.typed);
    }

    takeResult(answer) {
        if (answer.kind === "result") {
            this.show(answer.result);
        } else if (answer.kind === "results") {
            this.state.found = answer.results;
        } else {
            this.state.message = answer.message;
        }
    }

    show(result) {
        Object.assign(this.state, {
            result,
            form: {
                who: result.submitter ? "submitter" : "applicant",
                name: "",
                idNumber: "",
                channel: result.channel,
                paid: "",
                proof: "",
                unpaidReason: "",
                signature: "",
            },
        });
    }

    /** Name and number of the receiver, as the server takes them. */
    receiver() {
        const { form, result } = this.state;
        if (form.who === "other") {
            return { receiver: form.name, receiver_id_number: form.idNumber };
        }
        return { receiver: result[form.who] };
    }

    /** Whether the form says of all that is open how it was paid. */
    isPaid() {
        const { form, result } = this.state;
        return Boolean(
            (!result.collected_here || form.paid) &&
                (!result.collected_by_others || form.proof.trim())
        );
    }

    missing() {
        const { form, result } = this.state;
        if (form.who === "other" && !(form.name.trim() && form.idNumber.trim())) {
            return _t("Write the name and the ID number of the authorised person.");
        }
        if (!this.isPaid() && !form.unpaidReason.trim()) {
            return result.may_owe
                ? _t(
                      "Fees are still to be paid: say how they were paid, or why the result is " +
                          "handed over unpaid."
                  )
                : _t("Fees are still to be paid: say how they were paid.");
        }
        return "";
    }

    /** @returns {Promise<boolean>} whether the screen is ready for the next one */
    async confirm() {
        const { state } = this;
        if (!state.result || state.busy) {
            return false;
        }
        const missing = this.missing();
        if (missing) {
            state.alert = missing;
            return false;
        }
        state.busy = true;
        state.alert = false;
        let outcome;
        try {
            this.handing = this.call("hand_over", state.result.id, {
                ...this.receiver(),
                channel: state.form.channel,
                paid: state.form.paid,
                proof: state.form.proof,
                unpaid_reason: this.isPaid() ? "" : state.form.unpaidReason,
                signature: state.form.signature.split(",").at(-1),
            });
            outcome = await this.handing;
        } catch (error) {
            state.alert = this.sentence(error);
            return false;
        } finally {
            state.busy = false;
            this.handing = Promise.resolve();
        }
        this.reset();
        state.last = { ...outcome, unprinted: false };
        this.load(state.desk.id);
        if (!outcome.repeated) {
            await this.print();
        }
        return true;
    }

    async print() {
        const { last } = this.state;
        try {
            await printReports(last.print);
            last.unprinted = false;
        } catch {
            last.unprinted = true;
        }
    }

    /** What went wrong, as an officer should read it. */
    sentence(error) {
        if (error instanceof ConnectionLostError) {
            return _t(
                "The connection was cut. Nothing is lost: try again; no result will be " +
                    "handed over twice."
            );
        }
        return errorSentence(error);
    }
}
