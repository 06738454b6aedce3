import { Component, onMounted, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { errorSentence } from "../session/session_expired";

// Small enough that the bar moves, large enough that a request is worth it.
const LOT = 50;

/** Sends many dossiers to the server lot by lot and shows how far it has come, and what
 * could not be done.
 *
 * ``apply`` takes a lot of ids and answers with ``{done: ids done, failed: rows}``;
 * ``finish``, if there is one, takes all ids done, and closes the dialog where nothing
 * failed. Both may be called again after an error. */
export class BatchDialog extends Component {
    static template = "motcua_base.BatchDialog";
    static components = { Dialog };
    static props = {
        title: String,
        failedTitle: String,
        ids: Array,
        apply: Function,
        finish: { type: Function, optional: true },
        close: Function,
    };

    setup() {
        this.state = useState({
            tried: 0,
            done: [],
            failed: [],
            error: "",
            stopped: false,
            finished: !this.props.finish,
        });
        onMounted(() => this.run());
    }

    get total() {
        return this.props.ids.length;
    }

    get isChecking() {
        return this.state.tried < this.total;
    }

    get isOver() {
        return !this.isChecking && (this.state.finished || !this.state.done.length);
    }

    get isRunning() {
        return !this.isOver && !this.state.error && !this.state.stopped;
    }

    get percent() {
        return Math.round((this.state.tried / this.total) * 100);
    }

    /** Goes on where it stopped: the server does nothing twice. */
    async run() {
        this.state.error = "";
        this.state.stopped = false;
        try {
            while (this.isRunning && this.isChecking) {
                await this.applyLot();
            }
            if (this.isRunning) {
                await this.props.finish([...this.state.done]);
                this.state.finished = true;
                if (!this.state.failed.length) {
                    this.props.close();
                }
            }
        } catch (error) {
            this.state.error = errorSentence(error);
        }
    }

    async applyLot() {
        const lot = this.props.ids.slice(this.state.tried, this.state.tried + LOT);
        const { done, failed } = await this.props.apply(lot);
        this.state.done.push(...done);
        this.state.failed.push(...failed);
        this.state.tried += lot.length;
    }

    stop() {
        this.state.stopped = true;
    }
}
