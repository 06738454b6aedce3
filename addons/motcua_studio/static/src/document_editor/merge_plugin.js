import { Plugin } from "@html_editor/plugin";
import { closestElement } from "@html_editor/utils/dom_traversal";
import { withSequence } from "@html_editor/utils/resource";
import { _t } from "@web/core/l10n/translation";

const CHIP = "span[data-merge]";
const CONDITIONAL = "[data-merge-if]";
const REPEATED = "[data-merge-rows]";
const BLOCKS = "p, div, li, h1, h2, h3, h4";

/**
 * Merge fields as chips that cannot be typed into, conditional paragraphs and repeated
 * rows with a title beside them. What only the screen needs is taken off before saving.
 */
export class MergePlugin extends Plugin {
    static id = "motcuaMerge";
    static dependencies = ["dom", "history", "selection"];
    static shared = ["insertField", "insertTable", "toChip"];
    resources = {
        user_commands: [
            {
                id: "motcuaField",
                title: _t("Merge field"),
                description: _t("Put in data of the dossier"),
                icon: "fa-tag",
                run: () => this.config.merge.openPicker(),
            },
            {
                id: "motcuaCondition",
                title: _t("Show only if…"),
                description: _t("Leave this paragraph out unless a condition holds"),
                icon: "fa-code-fork",
                run: () => this.editCondition(),
            },
        ],
        powerbox_categories: withSequence(1, { id: "motcua", name: _t("Document") }),
        powerbox_items: [
            { categoryId: "motcua", commandId: "motcuaField" },
            { categoryId: "motcua", commandId: "motcuaCondition" },
        ],
        toolbar_groups: withSequence(90, { id: "motcua" }),
        toolbar_items: [
            {
                id: "motcuaCondition",
                groupId: "motcua",
                commandId: "motcuaCondition",
            },
        ],
        normalize_handlers: (root) => this.decorate(root),
        clean_for_save_handlers: ({ root }) => this.undecorate(root),
        content_not_editable_providers: (root) => this.all(root, CHIP),
        // So that one can write before and after a chip.
        selectors_for_feff_providers: () => CHIP,
        contenteditable_to_remove_selector: `${CHIP}[contenteditable]`,
    };

    setup() {
        this.addDomListener(this.editable, "click", this.onClick);
    }

    // ---------------------------------------------------------------------

    toChip(field) {
        const chip = this.document.createElement("span");
        chip.dataset.merge = field.name;
        chip.textContent = field.label;
        this.decorateChip(chip);
        return chip;
    }

    insertField(field) {
        this.dependencies.dom.insert(this.toChip(field));
        this.dependencies.history.addStep();
    }

    /** A table with a row for each row of a repeating section. */
    insertTable(section) {
        const table = this.document.createElement("table");
        table.className = "table table-bordered o_table";
        const body = table.createTBody();
        const head = body.insertRow();
        const row = body.insertRow();
        row.dataset.mergeRows = section.name;
        for (const field of section.fields.filter(({ name }) => !name.endsWith(":words"))) {
            const title = this.document.createElement("p");
            const bold = this.document.createElement("strong");
            bold.textContent = field.name === "row.number" ? "TT" : field.label;
            title.append(bold);
            head.insertCell().append(title);
            const text = this.document.createElement("p");
            text.append(this.toChip(field));
            row.insertCell().append(text);
        }
        this.dependencies.dom.insert(table);
        this.dependencies.history.addStep();
    }

    async editCondition(block = this.currentBlock()) {
        if (!block) {
            return;
        }
        const { mergeIf } = block.dataset;
        const condition = await this.config.merge.askCondition(mergeIf);
        if (condition === undefined) {
            return;
        }
        if (condition) {
            block.dataset.mergeIf = condition;
        } else {
            delete block.dataset.mergeIf;
            delete block.dataset.mergeTitle;
        }
        this.dependencies.history.addStep();
    }

    currentBlock() {
        const { anchorNode } = this.dependencies.selection.getEditableSelection();
        const inside = closestElement(anchorNode, CONDITIONAL);
        const block = inside || closestElement(anchorNode, "tr") || closestElement(anchorNode, BLOCKS);
        if (!block || block === this.editable || !this.editable.contains(block)) {
            return null;
        }
        if (/^H\d$/.test(block.tagName)) {
            // A heading is no paragraph: it gets one around it.
            const around = this.document.createElement("div");
            block.replaceWith(around);
            around.append(block);
            return around;
        }
        return block;
    }

    /** A click on the title beside a conditional paragraph opens its condition. */
    onClick(ev) {
        const block = ev.target.closest?.(CONDITIONAL);
        if (block && ev.target === block && ev.offsetY < 0) {
            this.editCondition(block);
        }
    }

    // ---------------------------------------------------------------------

    all(root, selector) {
        const found = [...root.querySelectorAll(selector)];
        return root.matches?.(selector) ? [root, ...found] : found;
    }

    decorate(root) {
        for (const chip of this.all(root, CHIP)) {
            this.decorateChip(chip);
        }
        const { merge } = this.config;
        for (const block of this.all(root, CONDITIONAL)) {
            this.setTitle(block, merge.conditionWords(block.dataset.mergeIf));
        }
        for (const row of this.all(root, REPEATED)) {
            this.setTitle(row, merge.sectionWords(row.dataset.mergeRows));
        }
    }

    decorateChip(chip) {
        const label = this.config.merge.label(chip.dataset.merge);
        chip.classList.add("o_motcua_chip");
        chip.classList.toggle("o_motcua_unknown", !label);
        if (label && chip.textContent !== label) {
            chip.textContent = label;
        }
    }

    setTitle(element, title) {
        if (element.dataset.mergeTitle !== title) {
            element.dataset.mergeTitle = title;
        }
    }

    undecorate(root) {
        for (const chip of this.all(root, CHIP)) {
            chip.removeAttribute("class");
        }
        for (const element of this.all(root, "[data-merge-title]")) {
            element.removeAttribute("data-merge-title");
        }
    }
}
