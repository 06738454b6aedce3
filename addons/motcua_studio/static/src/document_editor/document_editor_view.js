import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/** Hands back the revision that was opened, so that nobody's work is overwritten. */
class DocumentEditorController extends formView.Controller {
    async onWillSaveRecord(record, changes) {
        await super.onWillSaveRecord(record, changes);
        if (Object.keys(changes).length) {
            changes.revision = record.data.revision;
        }
    }
}

registry.category("views").add("motcua_document_editor", {
    ...formView,
    Controller: DocumentEditorController,
});
