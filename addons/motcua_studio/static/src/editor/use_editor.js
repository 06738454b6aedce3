import { onWillUnmount, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { LeaveDialog } from "./leave_dialog";

/**
 * What an editor does on the screen: keys, saving, leaving, and bringing into sight the
 * card that is chosen (`[data-key]`, in the element with `t-ref="root"`).
 *
 * @param {EditorModel} model with `save()`, which says whether it was saved
 * @param {{ saved: string, unsaved: string }} words said after saving, asked before leaving
 * @returns {{ root, state, save: () => Promise<boolean> }}
 */
export function useEditor(model, { saved, unsaved }) {
    const dialog = useService("dialog");
    const notification = useService("notification");
    const root = useRef("root");
    const state = useState(model.state);

    async function save() {
        const isSaved = await model.save();
        if (isSaved) {
            notification.add(saved, { type: "success" });
        }
        return isSaved;
    }

    function mayLeave() {
        model.writeDraft();
        if (!state.dirty) {
            return true;
        }
        return new Promise((resolve) => {
            const answers = {
                onSave: async () => resolve(await save()),
                onKeep: () => resolve(true),
            };
            const onClose = () => resolve(false);
            dialog.add(LeaveDialog, { title: unsaved, ...answers }, { onClose });
        });
    }

    function showChosen() {
        const card = state.chosen && root.el?.querySelector(`[data-key="${state.chosen}"]`);
        if (!card) {
            return;
        }
        card.scrollIntoView({ block: "nearest" });
        // Of what is higher than the screen, the beginning.
        card.querySelector("header").scrollIntoView({ block: "nearest" });
        const input = state.isNew && card.querySelector("input.o_motcua_main_input");
        if (input) {
            input.focus();
            input.select();
        }
    }

    const keys = {
        "control+z": () => model.undo(),
        "control+y": () => model.redo(),
        "control+shift+z": () => model.redo(),
        "control+s": save,
    };
    for (const [key, callback] of Object.entries(keys)) {
        useHotkey(key, callback, {
            bypassEditableProtection: true,
            isAvailable: () => model.isEditable,
        });
    }
    useSetupAction({
        beforeLeave: mayLeave,
        beforeUnload: (ev) => {
            model.writeDraft();
            if (state.dirty) {
                ev.preventDefault();
            }
        },
    });
    useExternalListener(window, "pagehide", () => model.writeDraft());
    onWillUnmount(() => model.writeDraft());
    // Once cards have opened and closed.
    useEffect(
        () => {
            requestAnimationFrame(showChosen);
        },
        () => [state.chosen]
    );
    return { root, state, save };
}
