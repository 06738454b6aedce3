import { registry } from "@web/core/registry";
import {
    many2ManyBinaryField,
    Many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";

/** Files of a paper: what was filed stays on record, so its bin is not offered. */
export class PaperFilesField extends Many2ManyBinaryField {
    static template = "motcua_base.PaperFilesField";

    get isFiled() {
        const { status } = this.props.record.model.root.data;
        return Boolean(status) && status !== "0";
    }
}

registry.category("fields").add("motcua_paper_files", {
    ...many2ManyBinaryField,
    component: PaperFilesField,
});
