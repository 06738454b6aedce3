import { FontPlugin } from "@html_editor/main/font/font_plugin";
import { _t } from "@web/core/l10n/translation";

// The kinds of paragraphs that official documents have, by tag.
const KINDS = {
    h1: {
        command: "setTagHeading1",
        title: _t("Large heading"),
        description: _t("In bold, in the middle"),
    },
    h2: {
        command: "setTagHeading2",
        title: _t("Small heading"),
        description: _t("In bold, in the middle, as large as the text"),
    },
    p: { command: "setTagParagraph", title: _t("Paragraph"), description: _t("Plain text") },
};

/** Offers these kinds in the words of those who write documents, and no others. */
export class DocumentFontPlugin extends FontPlugin {
    resources = {
        ...this.resources,
        font_items: Object.entries(KINDS).map(([tagName, { title }]) => ({ tagName, name: title })),
        user_commands: this.resources.user_commands.map((command) => {
            const kind = Object.values(KINDS).find((kind) => kind.command === command.id);
            const { title, description } = kind || command;
            return { ...command, title, description };
        }),
        powerbox_items: this.resources.powerbox_items.filter((item) =>
            Object.values(KINDS).some((kind) => kind.command === item.commandId)
        ),
    };
}
