import { registry } from "@web/core/registry";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

// What comes next and what is wanted often; the rest is behind "More".
const SHOWN = 4;

export class DossierButtons extends StatusBarButtons {
    static template = "motcua_base.DossierButtons";

    get shown() {
        const names = this.visibleSlotNames;
        return names.length <= SHOWN + 1 ? names : names.slice(0, SHOWN);
    }

    get more() {
        return this.visibleSlotNames.slice(this.shown.length);
    }
}

export class DossierFormRenderer extends FormRenderer {
    static get components() {
        return { ...FormRenderer.components, StatusBarButtons: DossierButtons };
    }
}

export class DossierFormController extends FormController {
    getStaticActionMenuItems() {
        const { addPropertyFieldValue, ...items } = super.getStaticActionMenuItems();
        const mayDelete = items.delete.isAvailable;
        // Questions are changed in a version of the procedure; what was filed is kept.
        items.delete.isAvailable = () => mayDelete() && this.model.root.data.status === "0";
        return items;
    }
}

registry.category("views").add("motcua_dossier_form", {
    ...formView,
    Controller: DossierFormController,
    Renderer: DossierFormRenderer,
});
