import { Attachment } from "@mail/core/common/attachment_model";
import { patch } from "@web/core/utils/patch";

patch(Attachment.prototype, {
    /**
     * A thumbnail is made by reading the file, which is noted of files of dossiers, and
     * kept by writing to it, which is refused once it is on record: there is none.
     */
    async setPdfThumbnail() {
        if (this.thread?.model !== "motcua.dossier") {
            return super.setPdfThumbnail();
        }
    },
});
