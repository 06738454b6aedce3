import { reactive, toRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { Mutex } from "@web/core/utils/concurrency";
import { debounce } from "@web/core/utils/timing";
import { BrowserDraft } from "../draft/browser_draft";
import { LatestAnswer } from "../latest/latest_answer";
import { errorSentence, isSessionExpired } from "../session/session_expired";
import { printReports } from "./intake_print";

const DESK_KEY = "motcua_intake_desk";
const PRINT_KEY = "motcua_intake_print";
export const COUNTS = ["originals", "certified", "copies"];

export function newPerson() {
    return {
        type: "1",
        id_number: "",
        name: "",
        phone: "",
        email: "",
        address: "",
        birthdate: "",
        sex: "",
        known: false,
        handle: false,
        hints: {},
        changed: [],
        replace: [],
        doubt: "",
    };
}

function newToken() {
    // Not crypto.randomUUID: browsers hide it on plain http, as in many offices.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function newForm() {
    return {
        token: newToken(),
        applicant: newPerson(),
        submitter: false,
        item: false,
        items: [],
        returnChannel: "counter",
        paid: "",
    };
}

/** Whether anything of a paper was handed in. */
export function isHandedIn(paper) {
    return COUNTS.some((name) => paper[name] > 0) || paper.files.length > 0;
}

/** Whether a paper form stands for the electronic one. */
export function isOnPaper(item) {
    return item.papers.some((paper) => paper.kind === "form" && isHandedIn(paper));
}

/**
 * Everything the intake screen knows and does; components only show it. What a person
 * has brought lies in `form` and is kept as a draft until it is received.
 */
export class IntakeModel {
    constructor(orm, http) {
        this.orm = orm;
        this.http = http;
        this.state = reactive({
            ready: false,
            refused: "",
            desk: { id: false, name: "" },
            desks: [],
            shortcuts: [],
            form: newForm(),
            found: [],
            // A procedure that is received for agencies elsewhere: for which one?
            wanted: false,
            people: [],
            scanMessage: "",
            scanTarget: "applicant",
            finding: false,
            describing: false,
            checking: false,
            busy: false,
            alert: false,
            restored: false,
            last: false,
            autoPrint: browser.localStorage.getItem(PRINT_KEY) !== "off",
        });
        this.saveDraft = debounce(() => this.writeDraft(), 300);
        // A procedure or agency just chosen, until its description has come, and the
        // item that it is chosen for.
        this.chosen = false;
        const say = (error) => (this.state.scanMessage = this.sentence(error));
        this.search = new LatestAnswer(this.state, "finding", 200, {
            ask: () => this.askProcedures(),
            take: (found) => (this.state.found = found),
            fail: say,
        });
        this.description = new LatestAnswer(this.state, "describing", 250, {
            ask: () => this.askDescription(),
            take: (description) => this.takeDescription(description),
            fail: (error) => {
                this.chosen = false;
                say(error);
            },
        });
        this.check = new LatestAnswer(this.state, "checking", 350, {
            ask: () => this.askCheck(),
            take: ({ item, check }) => (item.check = check),
            // The server checks again on receiving.
            fail: () => {},
        });
        this.scans = new Mutex();
        this.loaded = this.load(parseInt(browser.localStorage.getItem(DESK_KEY)) || false);
    }

    get form() {
        return this.state.form;
    }

    get item() {
        return this.state.form.item;
    }

    call(method, ...args) {
        return this.orm.silent.call("motcua.desk", method, [this.state.desk.id, ...args]);
    }

    // ---------------------------------------------------------------------
    // Desk and draft
    // ---------------------------------------------------------------------

    async load(deskId) {
        let answer;
        try {
            answer = await this.orm.silent.call("motcua.desk", "load", [deskId]);
        } catch (error) {
            this.state.refused = this.sentence(error);
            return;
        }
        Object.assign(this.state, { ...answer, ready: true });
        browser.localStorage.setItem(DESK_KEY, this.state.desk.id);
        this.draft = new BrowserDraft("motcua_intake", this.state.desk.id, 2);
        const saved = this.draft.read();
        if (saved) {
            Object.assign(this.state.form, saved);
            this.state.restored = true;
            this.refreshItem();
        }
        this.watch();
        // Hands that were quicker than the server have typed already.
        this.saveDraft();
    }

    async changeDesk(deskId) {
        this.forgetScan();
        this.forgetItem();
        this.state.form = newForm();
        await this.load(deskId);
    }

    /** Saves the draft whenever anything of the form changes. */
    watch() {
        this.watched = reactive(this.state.form, () => this.saveDraft());
        JSON.stringify(this.watched);
    }

    writeDraft() {
        if (!this.draft) {
            return;
        }
        const json = JSON.stringify(this.watched, (key, value) =>
            // Pictures of papers are not for the browser's storage.
            key === "preview" ? false : value
        );
        const { applicant, submitter, item, items } = this.watched;
        const isEmpty = !(
            item ||
            items.length ||
            submitter ||
            applicant.name ||
            applicant.id_number ||
            applicant.phone
        );
        if (isEmpty) {
            this.draft.clear();
        } else {
            this.draft.write(json);
        }
    }

    /** Ready for the next person; nothing of this one stays in the browser. */
    reset() {
        this.saveDraft.cancel();
        this.draft?.clear();
        this.forgetScan();
        this.forgetItem();
        Object.assign(this.state, {
            form: newForm(),
            wanted: false,
            scanTarget: "applicant",
            alert: false,
            restored: false,
        });
        this.watch();
    }

    /** Like reset, and what was scanned for this person is thrown away. */
    async discard() {
        const items = [...this.form.items, this.item].filter(Boolean);
        const files = items.flatMap((item) => [
            ...item.papers.flatMap((paper) => paper.files),
            ...item.form
                .filter((field) => field.type === "file" && item.values[field.name])
                .map((field) => item.values[field.name]),
        ]);
        this.reset();
        this.state.last = false;
        for (const file of files) {
            await this.call("discard_scan", file.id).catch(() => {});
        }
    }

    // ---------------------------------------------------------------------
    // The one field for scanning and typing
    // ---------------------------------------------------------------------

    /**
     * One scan after the other, as they came: of two cards, the second stays.
     *
     * @returns {Promise<object>} what the server made of it, with `kind`; null where the
     *      line is cut
     */
    async scan(typed) {
        typed = typed.trim();
        return typed ? this.scans.exec(() => this.takeScan(typed)) : null;
    }

    async takeScan(typed) {
        await this.loaded;
        this.forgetScan();
        const target = this.state.scanTarget;
        let answer;
        try {
            answer = await this.call("recognise", typed);
        } catch (error) {
            this.state.scanMessage = this.sentence(error);
            return null;
        }
        if (answer.kind === "person") {
            this.setPerson(answer.person, target);
        } else if (answer.kind === "people") {
            this.state.people = answer.people;
        } else if (answer.kind === "procedure") {
            await this.chooseProcedure(answer.procedure);
        } else if (answer.kind === "procedures") {
            await this.chooseProcedure(answer.procedures[0]);
        } else if (answer.kind === "unknown") {
            this.state.scanMessage = answer.message;
        }
        return answer;
    }

    /** Shows the procedures that have the words typed so far, once typing pauses. */
    findProcedures(typed) {
        this.typed = typed.trim();
        const isWords = this.typed.length > 1 && !/^[+\d]{4,}|\|/.test(this.typed);
        if (isWords) {
            this.search.soon();
        } else {
            this.forgetFound();
        }
    }

    async askProcedures() {
        await this.loaded;
        return this.call("find_procedures", this.typed);
    }

    forgetFound() {
        this.search.drop();
        this.state.found = [];
    }

    /** What was found or said of the last thing scanned. */
    forgetScan() {
        this.forgetFound();
        Object.assign(this.state, { people: [], scanMessage: "" });
    }

    /** Of a procedure that is no longer in front, nothing more is awaited. */
    forgetItem() {
        this.chosen = false;
        this.description.drop();
        this.check.drop();
    }

    setPerson(person, target = this.state.scanTarget) {
        // The server says false for what it does not know.
        const values = Object.fromEntries(
            Object.entries(person).map(([name, value]) => [name, value || ""])
        );
        this.form[target] = {
            ...newPerson(),
            ...values,
            hints: person.hints || {},
            changed: person.changed || [],
            replace: person.replace || [],
        };
        this.state.people = [];
        if (target === this.state.scanTarget) {
            this.state.scanTarget = "applicant";
        }
        if (target === "applicant") {
            if (person.type !== "1" && !this.form.submitter) {
                this.setSubmitter(true);
            }
            this.prefill();
            this.refreshItem();
        }
    }

    setSubmitter(wanted) {
        this.form.submitter = wanted && newPerson();
        this.state.scanTarget = wanted ? "submitter" : "applicant";
    }

    /** A number typed into the card of a person: somebody known? */
    async lookUp(target, number) {
        const person = this.form[target];
        if (person.handle) {
            Object.assign(person, { handle: false, known: false, hints: {} });
        }
        Object.assign(person, { changed: [], replace: [], doubt: "" });
        if (!number.trim()) {
            return;
        }
        let answer;
        try {
            answer = await this.call("recognise", number);
        } catch (error) {
            this.state.scanMessage = this.sentence(error);
            return;
        }
        if (this.form[target] !== person || person.id_number !== number) {
            return; // somebody else by now
        }
        const found = answer.kind === "person" && answer.person;
        if (found && (found.known || found.name)) {
            const typed = Object.fromEntries(
                Object.entries(person).filter(
                    ([name, value]) => value && name in newPerson() && name !== "type"
                )
            );
            this.setPerson({ ...typed, ...found, phone: typed.phone || found.phone }, target);
        } else if (found?.id_number) {
            person.id_number = found.id_number;
            person.doubt = found.doubt || "";
            this.refreshItem();
        } else if (answer.kind === "unknown") {
            this.state.scanMessage = answer.message;
        }
    }

    // ---------------------------------------------------------------------
    // Procedure, papers, form
    // ---------------------------------------------------------------------

    choice(item) {
        const { procedure_id, agency_id, channel, case_id, exemption_id, pages, copies } = item;
        return { procedure_id, agency_id, channel, case_id, exemption_id, pages, copies };
    }

    async chooseProcedure(row) {
        this.forgetFound();
        await this.loaded;
        this.state.wanted = !row.agency_id && row;
        if (this.state.wanted) {
            this.forgetItem();
            this.form.item = false;
            return;
        }
        this.chosen = {
            item: false,
            procedure_id: row.procedure_id,
            agency_id: row.agency_id,
            channel: this.state.desk.channel,
        };
        await this.description.now();
    }

    findAgencies(procedureId, typed) {
        return this.call("find_agencies", procedureId, typed);
    }

    /** The agency in charge of a procedure that is received anywhere. */
    async chooseAgency(agencyId) {
        const { wanted } = this.state;
        if (wanted) {
            await this.chooseProcedure({ ...wanted, agency_id: agencyId });
        } else {
            this.chosen = { item: this.item, agency_id: agencyId };
            await this.description.now();
        }
    }

    /** Something was chosen or typed that terms, fees and papers depend on. */
    refreshItem() {
        if (this.chosen || this.item) {
            this.description.soon();
        }
    }

    async askDescription() {
        const { item: before, ...chosen } = this.chosen || { item: this.item };
        const choice = { ...(before && this.choice(before)), ...chosen };
        const { id_number, handle } = this.form.applicant;
        const info = await this.call("describe", { ...choice, person: { id_number, handle } });
        return { before, info };
    }

    takeDescription({ before, info }) {
        this.chosen = false;
        const kept = Object.fromEntries(
            (before ? before.papers : []).map((paper) => [paper.component_id, paper])
        );
        const papers = info.papers.map((paper) => {
            const entered = kept[paper.component_id];
            return entered ? toRaw(entered) : { ...paper, files: [] };
        });
        if (before) {
            this.forgetEarlier(before);
            Object.assign(before, info, { papers });
        } else {
            this.form.item = {
                ...info,
                papers,
                values: {},
                check: false,
                duplicateReason: "",
                atOnce: false,
                resultNumber: "",
            };
        }
        this.prefill();
        if (info.form.length) {
            this.checkForm();
        }
    }

    prefill() {
        const { applicant, item } = this.form;
        if (!item) {
            return;
        }
        for (const field of item.form) {
            const value = this.prefilled(field, applicant, item);
            if (value && !item.values[field.name]) {
                item.values[field.name] = value;
            }
        }
    }

    /** What came from an earlier dossier, and nobody has touched, may be of another person. */
    forgetEarlier(item) {
        for (const [name, value] of Object.entries(item.earlier || {})) {
            if (JSON.stringify(item.values[name]) === JSON.stringify(value)) {
                delete item.values[name];
            }
        }
    }

    prefilled(field, applicant, item) {
        if (field.prefill === "earlier") {
            return item.earlier?.[field.name];
        }
        // The form asks for a person, not for an organisation.
        const value = applicant.type === "1" && field.prefill && applicant[field.prefill];
        if (field.prefill === "birthdate" && value?.length === 4) {
            return ""; // of whose birth only the year is known
        }
        return field.prefill === "sex" && value ? this.sexOption(field, value) : value;
    }

    /** The option of a form that says what the card says. */
    sexOption(field, sex) {
        const words = { male: ["male", "nam"], female: ["female", "nữ", "nu"] }[sex] || [];
        const option = (field.options || []).find(([key, label]) =>
            [key, label].some((text) => words.includes(text.toLowerCase()))
        );
        return option ? option[0] : field.options ? "" : sex;
    }

    checkForm() {
        if (this.item?.form.length) {
            this.check.soon();
        }
    }

    async askCheck() {
        const { item } = this;
        const check = await this.call(
            "check_form",
            this.choice(item),
            item.values,
            isOnPaper(item)
        );
        return { item, check };
    }

    /** Texts that may be meant in a field of the e-form. */
    async suggest(field, typed) {
        return this.orm.silent.call("motcua.form.field", "suggest", [field.type, typed]);
    }

    async keepFile(field, files) {
        const answer = await this.upload({ ufile: files });
        return answer?.files[0];
    }

    async dropFile(field, answer) {
        await this.call("discard_scan", answer.id).catch(() => {});
    }

    async attach(paper, files) {
        const params = { component_id: paper.component_id, ufile: [...files] };
        // Further pages of a scan become one file with it.
        const before = paper.files.at(-1);
        if (before?.pages && before.name.endsWith(".pdf")) {
            params.before = before.id;
        }
        paper.uploading = true;
        const answer = await this.upload(params);
        paper.uploading = false;
        if (answer?.replaced) {
            const at = paper.files.findIndex((file) => file.id === answer.replaced);
            answer.files[0].preview ||= before.preview;
            paper.files.splice(at, at < 0 ? 0 : 1);
        }
        paper.files.push(...(answer?.files || []));
        this.checkForm();
    }

    /** @returns {Promise} the files as the server has kept them; nothing if it refused */
    async upload(params) {
        this.state.alert = false;
        try {
            const answer = await this.http.post("/motcua/desk/scan", {
                csrf_token: odoo.csrf_token,
                desk_id: this.state.desk.id,
                ...params,
            });
            if (!answer.error) {
                return answer;
            }
            this.fail(answer.error);
        } catch {
            this.fail(await this.whyNotArrived());
        }
    }

    /** A page in place of an answer says nothing: asked for once more, in plain words. */
    async whyNotArrived() {
        try {
            await rpc("/web/session/check", {}, { silent: true });
        } catch (error) {
            if (isSessionExpired(error)) {
                return errorSentence(error);
            }
        }
        return _t("The file did not arrive: the connection was cut. Attach it again.");
    }

    async detach(paper, file) {
        paper.files.splice(paper.files.indexOf(file), 1);
        await this.call("discard_scan", file.id).catch(() => {});
        this.checkForm();
    }

    // ---------------------------------------------------------------------
    // Receiving
    // ---------------------------------------------------------------------

    /** What still has to be filled in, as sentences; the server has the last word. */
    missing() {
        const { applicant, submitter, items, item } = this.form;
        const sentences = [];
        if (!applicant.name.trim() && !applicant.hints.name) {
            sentences.push(_t("Who applies? Scan the ID card or type the name."));
        }
        if (submitter && !submitter.name.trim() && !submitter.hints.name) {
            sentences.push(_t("Who files for the applicant?"));
        }
        if (this.state.wanted) {
            sentences.push(_t("Which agency is in charge?"));
        } else if (!item && !items.length) {
            sentences.push(_t("Which procedure?"));
        }
        if (item) {
            sentences.push(...this.missingOf(item));
        }
        return sentences;
    }

    missingOf(item) {
        const sentences = item.case_wanted ? [_t("Which case? Its term stands on the receipt.")] : [];
        const papers = item.papers
            .filter((paper) => paper.required && !isHandedIn(paper))
            .map((paper) => _t("Required paper is missing: %s", paper.name));
        sentences.push(...papers);
        if (item.check) {
            sentences.push(...Object.values(item.check.problems));
        }
        if (item.duplicates.length && !item.duplicateReason.trim()) {
            sentences.push(_t("An open dossier exists already: say why another one."));
        }
        if (item.atOnce && !item.resultNumber.trim()) {
            sentences.push(_t("Number of the result that is handed over at once?"));
        }
        return sentences;
    }

    /** Puts the dossier aside and makes room for another one of the same person. */
    addAnother() {
        if (!this.item) {
            return false;
        }
        const missing = this.missing();
        if (missing.length) {
            this.fail(missing.join("\n"));
            return false;
        }
        this.forgetItem();
        this.form.items.push(this.item);
        this.form.item = false;
        this.state.alert = false;
        return true;
    }

    takeBack(index) {
        const [item] = this.form.items.splice(index, 1);
        if (!this.item) {
            this.forgetItem();
            this.form.item = item;
        }
    }

    intake() {
        const { applicant, submitter, items, item, returnChannel, paid } = this.form;
        return {
            applicant,
            submitter,
            return_channel: returnChannel,
            paid,
            items: [...items, item].filter(Boolean).map((item) => ({
                ...this.choice(item),
                papers: item.papers.map(({ uploading, ...paper }) => paper),
                form_values: item.values,
                duplicate_reason: item.duplicateReason,
                result_number: item.atOnce ? item.resultNumber : "",
            })),
        };
    }

    /** @returns {Promise<boolean>} whether it was received */
    async confirm() {
        const missing = this.missing();
        if (missing.length) {
            this.fail(missing.join("\n"));
            return false;
        }
        return this.send("confirm");
    }

    /** @returns {Promise<boolean>} whether the refusal was recorded */
    refuse(reason) {
        return this.send("refuse", reason);
    }

    async guide(note, componentIds, databaseReason) {
        const { procedure_id, agency_id } = this.item;
        const guided = await this.call("guide", this.form.token, {
            procedure_id,
            agency_id,
            note,
            component_ids: componentIds,
            database_reason: databaseReason,
            person_name: this.form.applicant.name,
            id_number: this.form.applicant.id_number,
        });
        const applicant = this.form.applicant.name;
        this.reset();
        this.state.last = { ...guided, applicant, guided: true, dossiers: [] };
        this.print(); // the dialog does not wait for the printer
    }

    async send(method, ...args) {
        if (this.state.busy) {
            return false;
        }
        this.state.busy = true;
        this.state.alert = false;
        let outcome;
        try {
            outcome = await this.call(method, this.form.token, this.intake(), ...args);
        } catch (error) {
            this.state.alert = {
                message: this.sentence(error),
                retry: error instanceof ConnectionLostError && [method, ...args],
            };
            return false;
        } finally {
            this.state.busy = false;
        }
        this.reset();
        this.state.last = outcome;
        if (this.state.autoPrint) {
            await this.print();
        }
        return true;
    }

    retry() {
        return this.send(...this.state.alert.retry);
    }

    async print() {
        const { last } = this.state;
        last.printing = true;
        last.unprinted = false;
        try {
            await printReports(last.print);
        } catch {
            last.unprinted = true;
        } finally {
            last.printing = false;
        }
    }

    setAutoPrint(wanted) {
        this.state.autoPrint = wanted;
        browser.localStorage.setItem(PRINT_KEY, wanted ? "on" : "off");
    }

    async setFavourite(row, favourite) {
        this.state.shortcuts = await this.call(
            "set_favourite",
            row.procedure_id,
            favourite
        );
    }

    fail(message) {
        this.state.alert = { message, retry: false };
    }

    /** What went wrong, as an officer should read it. */
    sentence(error) {
        if (error instanceof ConnectionLostError) {
            return _t(
                "The connection was cut. Nothing is lost: what you typed stays here. " +
                    "Try again; nothing will be received twice."
            );
        }
        if (isSessionExpired(error) || error.exceptionName?.startsWith("odoo.exceptions.")) {
            return errorSentence(error);
        }
        return _t(
            "Something went wrong on the server. Nothing was received, and what you typed " +
                "stays here. Try again, or tell your administrator."
        );
    }
}
