import { browser } from "@web/core/browser/browser";

/**
 * Prints reports one after the other through the browser's own print dialog, without
 * leaving the screen. Throws when the server gives no PDF.
 *
 * @param {{report: string, ids: number[]}[]} prints
 */
export async function printReports(prints) {
    for (const { report, ids } of prints) {
        const response = await browser.fetch(`/report/pdf/${report}/${ids.join(",")}`);
        const type = response.headers.get("Content-Type") || "";
        if (!response.ok || !type.startsWith("application/pdf")) {
            throw new Error(`${report}: ${response.status}`);
        }
        await printBlob(await response.blob());
    }
}

function printBlob(blob) {
    const url = URL.createObjectURL(blob);
    const frame = document.createElement("iframe");
    frame.className = "o_motcua_print_frame";
    return new Promise((resolve) => {
        frame.onload = () => {
            // The frame must have the focus to be printed; the cursor then goes back.
            const before = document.activeElement;
            frame.contentWindow.focus();
            frame.contentWindow.print();
            before?.focus();
            resolve();
        };
        // Browsers without a PDF viewer save the file instead, and load nothing.
        browser.setTimeout(resolve, 2000);
        // The dialog reads the file as long as it is open.
        browser.setTimeout(() => {
            frame.remove();
            URL.revokeObjectURL(url);
        }, 120000);
        frame.src = url;
        document.body.appendChild(frame);
    });
}
