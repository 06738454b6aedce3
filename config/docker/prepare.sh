#!/bin/sh
# Runs in the container before the server: installs or updates Motcua's add-ons, and at
# the first start makes the database Vietnamese. Connection settings come from PG….
set -eu

modules=
for manifest in /mnt/extra-addons/*/__manifest__.py; do
    modules="$modules${modules:+,}$(basename "$(dirname "$manifest")")"
done
odoo -d "$PGDATABASE" -i "$modules" -u "$modules" --load-language=vi_VN --stop-after-init --no-http

settled=$(psql -XAtc "SELECT count(*) FROM ir_config_parameter WHERE key = 'motcua.settled'")
if [ "$settled" = 0 ]; then
    odoo shell -d "$PGDATABASE" --no-http </mnt/scripts/settle.py
fi

# Odoo makes PDFs by asking itself for pages; the public address may not lead back here.
psql -qc "INSERT INTO ir_config_parameter (key, value) VALUES ('report.url', 'http://localhost:8069') ON CONFLICT (key) DO NOTHING"
