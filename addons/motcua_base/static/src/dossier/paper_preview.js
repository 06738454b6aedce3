import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const VIEWER = "/web/static/lib/pdfjs/web/viewer.html?file=";

/** The files of a dossier beside its list of papers. Nothing is fetched before somebody
 * asks for it: whoever looks at a file is noted in the access log. */
export class PaperPreview extends Component {
    static template = "motcua_base.PaperPreview";
    static props = { ...standardWidgetProps };

    setup() {
        this.state = useState({ id: false });
    }

    get files() {
        const { component_ids: papers, result_attachment_ids: results } = this.props.record.data;
        const ofPapers = papers.records.flatMap((paper) =>
            paper.data.attachment_ids.records.map((file) => this.describe(file, paper.data.name))
        );
        return ofPapers.concat(results.records.map((file) => this.describe(file, "")));
    }

    describe(file, paper) {
        return {
            id: file.resId,
            name: file.data.name || file.data.display_name,
            mimetype: file.data.mimetype || "",
            paper,
        };
    }

    /** The file looked at, if it is still there. */
    get file() {
        return this.files.find((file) => file.id === this.state.id);
    }

    get isPicture() {
        return this.file.mimetype.startsWith("image/");
    }

    get isPdf() {
        return this.file.mimetype.startsWith("application/pdf");
    }

    get source() {
        return `/web/content/${this.file.id}`;
    }

    get viewerSource() {
        return `${VIEWER}${encodeURIComponent(this.source)}#pagemode=none`;
    }
}

registry.category("view_widgets").add("motcua_paper_preview", { component: PaperPreview });
