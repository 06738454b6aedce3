import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const URGENCIES = [
    ["overdue", _t("Overdue")],
    ["soon", _t("Due within 24 hours")],
    ["in_time", _t("In time")],
    ["ready", _t("Results to hand over")],
    ["paused", _t("Paused")],
];
// How long what was done stays in its place, where nothing else is done (ms).
const OUTCOME_SHOWN = 10000;
const CHANNELS = {
    counter: { icon: "fa-building-o", label: _t("At the counter") },
    online: { icon: "fa-globe", label: _t("Online") },
    post: { icon: "fa-envelope-o", label: _t("By post") },
};

/** All that I have to do, in all my roles and units, each with its one next action. */
export class MyWorkAction extends Component {
    static template = "motcua_base.MyWorkAction";
    static components = { Layout };
    static props = { ...standardActionServiceProps };
    static displayName = _t("My work");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.display = { controlPanel: {} };
        this.channels = CHANNELS;
        this.state = useState({
            jobs: [],
            lines: [],
            more: false,
            job: false, // all of them
            byJob: false,
            busy: false, // the key of the line at work
        });
        this.shield = useService("motcua_pointer_shield");
        onWillStart(() => this.load());
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    async load() {
        browser.clearTimeout(this.timer);
        const work = await this.orm.call("motcua.my.work", "load", []);
        Object.assign(this.state, work);
        if (!work.jobs.some((job) => job.key === this.state.job)) {
            this.state.job = false;
        }
    }

    // ---------------------------------------------------------------------

    get lines() {
        const { job, lines } = this.state;
        return job ? lines.filter((line) => line.job === job) : lines;
    }

    /** The lines in sections, none of them empty. */
    get sections() {
        const sections = this.state.byJob
            ? this.state.jobs.map((job) => ({
                  key: job.key,
                  title: this.jobTitle(job),
                  lines: this.lines.filter((line) => line.job === job.key),
              }))
            : URGENCIES.map(([key, title]) => ({
                  key,
                  title,
                  urgency: key,
                  lines: this.lines.filter((line) => line.urgency === key),
              }));
        return sections.filter((section) => section.lines.length);
    }

    jobTitle(job) {
        const title = `${job.role} · ${job.unit}`;
        return job.stands_in_for
            ? _t("For %(name)s: %(job)s", { name: job.stands_in_for, job: title })
            : title;
    }

    jobOf(line) {
        const job = this.state.jobs.find(({ key }) => key === line.job);
        return job ? this.jobTitle(job) : "";
    }

    formatMoment(moment) {
        return deserializeDateTime(moment, { tz: "Asia/Ho_Chi_Minh" }).toFormat("HH:mm dd/MM");
    }

    // ---------------------------------------------------------------------

    open(line) {
        if (this.state.busy) {
            return;
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "motcua.dossier",
            res_id: line.id,
            views: [[false, "form"]],
        });
    }

    /**
     * Do what comes next; what has to be asked is asked in a dialog. The line stays where
     * it is and says what became of it, so that no other comes under the pointer.
     */
    async doNext(line) {
        if (this.state.busy) {
            return;
        }
        browser.clearTimeout(this.timer);
        this.state.busy = line.key;
        try {
            const dialog = await this.orm.call(
                "motcua.dossier",
                "action_next",
                [[line.id], line.verb],
                { context: line.task ? { tasks_seen: [line.task] } : {} }
            );
            if (dialog) {
                await this.action.doAction(dialog, { onClose: () => this.showOutcome(line) });
            } else {
                await this.showOutcome(line);
            }
        } finally {
            this.state.busy = false;
        }
    }

    /** Says in the line what was done; nothing where its dialog was left. */
    async showOutcome(line) {
        const [now] = await this.orm.read(
            "motcua.dossier",
            [line.id],
            ["event_count", "next_text"]
        );
        if (now && now.event_count === line.events) {
            return;
        }
        line.outcome = line.label;
        line.next = now?.next_text || "";
        this.notification.add(line.next, {
            title: `${line.code}: ${line.outcome}`,
            type: "success",
        });
        this.timer = browser.setTimeout(async () => {
            await this.load();
            this.shield.rest();
        }, OUTCOME_SHOWN);
    }
}

registry.category("actions").add("motcua_my_work", MyWorkAction);
