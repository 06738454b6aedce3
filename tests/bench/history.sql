-- Multiplies the dossiers that are there (each with its papers, hand-overs and events)
-- until there are :total, :open of them open, as a province sees them after two years:
-- every fourth in the first commune, the others spread over the rest. The same open ones
-- come out whatever the total is. Run by a superuser, who need not wait for the checks
-- of foreign keys.
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;
SET LOCAL maintenance_work_mem = '512MB';
SET LOCAL work_mem = '128MB';
SELECT setseed(0.2026);

CREATE FUNCTION pg_temp.pick(words text[]) RETURNS text LANGUAGE sql VOLATILE AS
    $$ SELECT words[1 + floor(random() * cardinality(words))::int] $$;

-- As tools/text.py does it; search_text begins with a blank (models/search_text.py).
CREATE FUNCTION pg_temp.unaccent(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT translate(
        lower(words),
        'áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ',
        'aaaaaaaaaaaaaaaaadeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyy'
    )
$$;

-- Indexes are made anew at the end, which is several times faster.
CREATE TEMP TABLE index_of AS
SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition
FROM pg_index
WHERE indrelid IN (
        'motcua_dossier'::regclass, 'motcua_dossier_task'::regclass,
        'motcua_dossier_component'::regclass, 'motcua_dossier_event'::regclass,
        'motcua_dossier_fee'::regclass, 'res_partner'::regclass
    )
    AND indexrelid NOT IN (SELECT conindid FROM pg_constraint);
DO $$
DECLARE each record;
BEGIN
    FOR each IN SELECT * FROM index_of LOOP
        EXECUTE format('DROP INDEX %s', each.name);
    END LOOP;
END $$;

-- Samples, where they lie, and who works where ---------------------------------------

CREATE TEMP TABLE sample AS
SELECT
    dossier.*,
    row_number() OVER w AS number,
    count(*) OVER (PARTITION BY is_open) AS samples
FROM (
    SELECT id, procedure_id, status NOT IN ('3', '7', '10') AS is_open
    FROM motcua_dossier
) AS dossier
WINDOW w AS (PARTITION BY is_open ORDER BY id);

CREATE TEMP TABLE commune AS
SELECT id, identifier, row_number() OVER (ORDER BY id) AS number
FROM motcua_agency
WHERE kind = 'agency' AND parent_id = (
    SELECT parent_id FROM motcua_agency WHERE id = (
        SELECT min(agency_id) FROM motcua_dossier
    )
);

-- Every unit of the first commune, and its like in each commune.
CREATE TEMP TABLE place AS
SELECT commune.number AS commune, pattern.id AS pattern_id, unit.id
FROM motcua_agency AS unit
JOIN commune ON commune.id = unit.unit_id
JOIN motcua_agency AS pattern ON pattern.kind = unit.kind
WHERE pattern.unit_id = (SELECT id FROM commune WHERE number = 1);

CREATE TEMP TABLE staff AS
SELECT commune.number AS commune, role, array_agg(DISTINCT user_id) AS user_ids
FROM motcua_membership AS membership
JOIN motcua_agency AS unit ON unit.id = membership.agency_id
JOIN commune ON commune.id = unit.unit_id
GROUP BY 1, 2;

ANALYZE sample, commune, place, staff, motcua_dossier, motcua_dossier_task;

-- People: one for every four dossiers -----------------------------------------------

CREATE TEMP TABLE citizen AS
SELECT
    number,
    (SELECT max(id) FROM res_partner) + number AS id,
    pg_temp.pick(string_to_array(
        'Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần '
        || 'Lê Lê Phạm Phạm Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Trương Đinh Hà',
        ' '))
    || ' ' || pg_temp.pick(string_to_array(
        'Văn Văn Văn Văn Văn Thị Thị Thị Thị Thị Đức Ngọc Minh Thanh Quang Hữu Thùy Kim '
        || 'Xuân Hồng', ' '))
    || ' ' || pg_temp.pick(string_to_array(
        'An Anh Ánh Bình Bảo Châu Chi Cường Dung Dũng Duy Đạt Điệp Đông Giang Hà Hải Hạnh '
        || 'Hân Hiền Hiếu Hoa Hòa Hoàng Hùng Huy Huyền Hương Khánh Khoa Kiên Lan Lâm Liên '
        || 'Linh Loan Long Lộc Ly Mai Mạnh Minh My Nam Nga Ngân Nghĩa Nhung Nhi Oanh Phong '
        || 'Phúc Phương Quân Quý Quyên Sơn Tài Tâm Thảo Thắng Thịnh Thu Thủy Thúy Tiến Toàn '
        || 'Trang Trinh Trung Tuấn Tú Tùng Tuyết Uyên Vân Việt Vinh Yến', ' ')) AS name,
    -- No number twice: a prime below which all are met in a jumble.
    '0451' || lpad((number * 48271::bigint % 99999989)::text, 8, '0') AS id_number,
    '09' || lpad(floor(random() * 1e8)::int::text, 8, '0') AS phone,
    'Thôn ' || 1 + floor(random() * 12)::int || ', xã '
        || (1 + floor(random() * 20)::int) AS address
FROM generate_series(1, :total / 4 + 1) AS number;

INSERT INTO res_partner
SELECT new.*
FROM citizen
CROSS JOIN (
    SELECT partner AS values FROM res_partner AS partner
    WHERE id = (SELECT min(applicant_id) FROM motcua_dossier)
) AS pattern
CROSS JOIN LATERAL jsonb_populate_record(
    pattern.values,
    jsonb_build_object(
        'id', citizen.id,
        'commercial_partner_id', citizen.id,
        'name', citizen.name,
        'complete_name', citizen.name,
        'phone', citizen.phone,
        'motcua_id_number', citizen.id_number,
        'motcua_address', citizen.address
    )
) AS new;

-- Dossiers, newest first: the open ones, then history ---------------------------------

CREATE TEMP TABLE clone AS
SELECT
    number,
    (SELECT max(id) FROM motcua_dossier) + :total - number + 1 AS id,
    number <= :open - open_samples AS is_open,
    CASE
        WHEN random() < 0.25 THEN 1
        ELSE 2 + floor(random() * ((SELECT count(*) FROM commune) - 1))::int
    END AS commune,
    -- Of the open ones some are overdue, and some due today.
    now() AT TIME ZONE 'UTC' - CASE
        WHEN number <= :open - open_samples
        THEN interval '1 day' + interval '5 days' * random()
        ELSE interval '6 days' + interval '720 days' * number / :total
    END AS date_received,
    random() < 0.15 AS is_by_proxy,
    random() AS luck
FROM (SELECT generate_series(1, :total - count(*)) AS number FROM sample) AS numbers
CROSS JOIN (SELECT count(*) AS open_samples FROM sample WHERE is_open) AS counted;

ANALYZE citizen, clone;

CREATE TEMP TABLE task AS
SELECT
    (SELECT max(id) FROM motcua_dossier_task)
        + row_number() OVER (ORDER BY clone.id, pattern.id) AS id,
    clone.number,
    clone.id AS dossier_id,
    pattern.id AS pattern_id,
    place.id AS agency_id,
    -- Part of what is to be done waits in the queue.
    CASE
        WHEN pattern.user_id IS NOT NULL OR clone.luck < 0.6
        THEN staff.user_ids[1 + floor(clone.luck * 1000)::int % cardinality(user_ids)]
    END AS user_id
FROM clone
JOIN sample ON sample.is_open = clone.is_open
    AND sample.number = 1 + clone.number % samples
JOIN motcua_dossier_task AS pattern ON pattern.dossier_id = sample.id
JOIN place ON place.commune = clone.commune AND place.pattern_id = pattern.agency_id
JOIN staff ON staff.commune = clone.commune AND staff.role = pattern.role;
CREATE INDEX ON task (number, pattern_id);
ANALYZE task;

INSERT INTO motcua_dossier
SELECT new.*
FROM clone
JOIN sample ON sample.is_open = clone.is_open
    AND sample.number = 1 + clone.number % samples
JOIN motcua_dossier AS pattern ON pattern.id = sample.id
JOIN commune ON commune.number = clone.commune
JOIN citizen ON citizen.number = 1 + clone.number % (:total / 4)
JOIN motcua_procedure AS procedure ON procedure.id = pattern.procedure_id
JOIN motcua_offering AS offering
    ON offering.agency_id = commune.id AND offering.procedure_id = pattern.procedure_id
LEFT JOIN task ON task.number = clone.number AND task.pattern_id = pattern.task_id
CROSS JOIN LATERAL (
    SELECT
        commune.identifier
            || to_char(clone.date_received, '-YYMMDD-') || lpad(
                (clone.number % 10000)::text, 4, '0'
            ) AS code,
        commune.identifier
            || to_char(clone.date_received, '/YYYY/') || clone.number AS register_code,
        CASE WHEN is_by_proxy THEN 'Trần Thị Ủy Quyền' END AS submitter_name,
        clone.date_received - pattern.date_received AS later
) AS made
CROSS JOIN LATERAL jsonb_populate_record(
    pattern,
    jsonb_build_object(
        'id', clone.id,
        'code', made.code,
        'register_code', made.register_code,
        'agency_id', commune.id,
        'offering_id', offering.id,
        'desk_id', (
            SELECT id FROM place
            WHERE place.commune = clone.commune AND pattern_id = pattern.desk_id
        ),
        'task_agency_id', (
            SELECT id FROM place
            WHERE place.commune = clone.commune AND pattern_id = pattern.task_agency_id
        ),
        'task_id', task.id,
        'user_id', CASE WHEN pattern.status NOT IN ('7', '10') THEN task.user_id END,
        'applicant_id', citizen.id,
        'applicant_name', citizen.name,
        'applicant_id_number', citizen.id_number,
        'applicant_phone', citizen.phone,
        'applicant_address', citizen.address,
        'submitter_name', made.submitter_name,
        'search_text', pg_temp.unaccent(concat_ws(
            ' ', '', made.code, made.register_code, pattern.external_code,
            citizen.name, made.submitter_name, procedure.code, pattern.subject
        )),
        'date_submitted', pattern.date_submitted + made.later,
        'date_received', pattern.date_received + made.later,
        'date_due', pattern.date_due + made.later,
        'date_due_original', pattern.date_due_original + made.later,
        'date_done', pattern.date_done + made.later,
        'date_returned', pattern.date_returned + made.later,
        'create_date', pattern.create_date + made.later,
        'write_date', pattern.write_date + made.later
    )
) AS new
ORDER BY clone.id;

INSERT INTO motcua_dossier_task
SELECT new.*
FROM task
JOIN motcua_dossier_task AS pattern ON pattern.id = task.pattern_id
JOIN clone ON clone.number = task.number
CROSS JOIN LATERAL jsonb_populate_record(
    pattern,
    jsonb_build_object(
        'id', task.id,
        'dossier_id', task.dossier_id,
        'agency_id', task.agency_id,
        'user_id', task.user_id,
        'date_received', clone.date_received,
        'date_due', clone.date_received + (pattern.date_due - pattern.date_received),
        'date_done', clone.date_received + (pattern.date_done - pattern.date_received)
    )
) AS new
ORDER BY task.id;

-- Of papers and of the log the beginning: nothing that is measured reads them all.
INSERT INTO motcua_dossier_component
SELECT new.*
FROM clone
JOIN sample ON sample.is_open = clone.is_open
    AND sample.number = 1 + clone.number % samples
JOIN (
    SELECT component, row_number() OVER (PARTITION BY dossier_id ORDER BY id) AS number
    FROM motcua_dossier_component AS component
) AS pattern ON (pattern.component).dossier_id = sample.id AND pattern.number <= 2
CROSS JOIN LATERAL jsonb_populate_record(
    pattern.component,
    jsonb_build_object(
        'id', nextval('motcua_dossier_component_id_seq'), 'dossier_id', clone.id
    )
) AS new;

INSERT INTO motcua_dossier_event
SELECT new.*
FROM clone
JOIN sample ON sample.is_open = clone.is_open
    AND sample.number = 1 + clone.number % samples
JOIN motcua_dossier_event AS pattern
    ON pattern.dossier_id = sample.id AND pattern.sequence = 1
CROSS JOIN LATERAL jsonb_populate_record(
    pattern,
    jsonb_build_object(
        'id', nextval('motcua_dossier_event_id_seq'),
        'dossier_id', clone.id,
        'date', clone.date_received
    )
) AS new;

-- What is received from now on gets other numbers.
UPDATE motcua_number_counter SET last = last + :total WHERE series NOT LIKE '%/______';
SELECT setval(pg_get_serial_sequence('motcua_dossier', 'id'), max(id)) FROM motcua_dossier;
SELECT setval(pg_get_serial_sequence('motcua_dossier_task', 'id'), max(id))
FROM motcua_dossier_task;
SELECT setval(pg_get_serial_sequence('res_partner', 'id'), max(id)) FROM res_partner;

DO $$
DECLARE each record;
BEGIN
    FOR each IN SELECT * FROM index_of LOOP
        EXECUTE each.definition;
    END LOOP;
END $$;
COMMIT;
VACUUM (ANALYZE) motcua_dossier, motcua_dossier_task, motcua_dossier_component,
    motcua_dossier_event, res_partner;
