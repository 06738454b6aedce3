import { Component, onWillStart, useState } from "@odoo/owl";
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
        onWillStart(() => this.load());
    }

    async load() {
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
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "motcua.dossier",
            res_id: line.id,
            views: [[false, "form"]],
        });
    }

    /** Do what comes next; what has to be asked is asked in a dialog. */
    async doNext(line) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = line.key;
        try {
            const dialog = await this.orm.call("motcua.dossier", "action_next", [
                [line.id],
                line.verb,
            ]);
            if (dialog) {
                await this.action.doAction(dialog, { onClose: () => this.load() });
                return;
            }
            this.notification.add(`${line.code}: ${line.label}`, { type: "success" });
        } finally {
            this.state.busy = false;
            await this.load();
        }
    }
}

registry.category("actions").add("motcua_my_work", MyWorkAction);
