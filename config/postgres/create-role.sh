#!/bin/sh
# Runs once in the postgres container: Odoo's role is no superuser and owns one database.
set -eu

psql -v ON_ERROR_STOP=1 -v password="$MOTCUA_DB_PASSWORD" --username postgres <<'SQL'
CREATE ROLE motcua LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE motcua OWNER motcua TEMPLATE template0 ENCODING 'unicode' LC_COLLATE 'C';
SQL
