import { Component, onMounted, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

// Small enough that the bar moves, large enough that a request is worth it.
const LOT = 50;

/** Sends many dossiers to the server lot by lot and shows how far it has come. */
export class BatchDialog extends Component {
    static template = "motcua_base.BatchDialog";
    static components = { Dialog };
    static props = {
        wizard: Number,
        title: String,
        dossiers: Array,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ tried: 0, done: 0, failed: [], error: "", stopped: false });
        onMounted(() => this.run());
    }

    get total() {
        return this.props.dossiers.length;
    }

    get isRunning() {
        return this.state.tried < this.total && !this.state.error && !this.state.stopped;
    }

    get percent() {
        return Math.round((this.state.tried / this.total) * 100);
    }

    /** Goes on where it stopped: the server does nothing twice. */
    async run() {
        this.state.error = "";
        this.state.stopped = false;
        while (this.isRunning) {
            const lot = this.props.dossiers.slice(this.state.tried, this.state.tried + LOT);
            try {
                const { done, failed } = await this.orm.silent.call(
                    "motcua.dossier.verb",
                    "apply_to",
                    [[this.props.wizard], lot]
                );
                this.state.done += done;
                this.state.failed.push(...failed);
                this.state.tried += lot.length;
            } catch (error) {
                this.state.error = error.data?.message || error.message;
            }
        }
    }

    stop() {
        this.state.stopped = true;
    }
}

/** The action that a dialog about many dossiers ends with. */
export function startBatch(env, { params }) {
    return new Promise((resolve) => {
        env.services.dialog.add(BatchDialog, params, {
            onClose: () => resolve({ type: "ir.actions.act_window_close" }),
        });
    });
}

registry.category("actions").add("motcua_batch", startBatch);
