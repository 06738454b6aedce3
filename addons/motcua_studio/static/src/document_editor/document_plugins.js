import { MAIN_PLUGINS } from "@html_editor/plugin_sets";
import { DocumentFontPlugin } from "./document_font_plugin";
import { MergePlugin } from "./merge_plugin";

// What a printed official document does not hold: the server would take it off again.
const LEFT_OUT = [
    "banner",
    "chatgpt_translate",
    "color",
    "column",
    "emoji",
    "fontFamily",
    "icon",
    "image",
    "imagePostProcess",
    "imageSave",
    "inlineCode",
    "link",
    "media",
    "star",
    "file",
    "textDirection",
    "video",
    "youtube",
];

/** The plugins without those left out, and without what builds on them. */
function without(plugins, ids) {
    const gone = new Set(ids);
    let before;
    do {
        before = gone.size;
        for (const plugin of plugins) {
            if ((plugin.dependencies || []).some((id) => gone.has(id))) {
                gone.add(plugin.id);
            }
        }
    } while (gone.size > before);
    return plugins.filter((plugin) => !gone.has(plugin.id));
}

const plugins = without(MAIN_PLUGINS, LEFT_OUT).map((plugin) =>
    plugin.id === DocumentFontPlugin.id ? DocumentFontPlugin : plugin
);

export const DOCUMENT_PLUGINS = [...plugins, MergePlugin];
