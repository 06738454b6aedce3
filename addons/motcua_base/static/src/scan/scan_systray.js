import { Component } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Scanning with the camera, where there is no scanner. */
export class ScanSystray extends Component {
    static template = "motcua_base.ScanSystray";
    static props = {};

    setup() {
        this.scan = useService("motcua_scan");
    }
}

/** Browsers lend the camera to secure pages only; staff alone have dossiers to open. */
async function isWanted() {
    return isBarcodeScannerSupported() && user.checkAccessRight("motcua.dossier", "read");
}

registry.category("services").add("motcua_scan_systray", {
    dependencies: ["motcua_scan"],
    async start() {
        if (await isWanted()) {
            registry
                .category("systray")
                .add("motcua_base.scan", { Component: ScanSystray }, { sequence: 30 });
        }
    },
});
