-- The audit ledger: one row per event, never changed, never removed.
-- previous is the SHA-256 of the row before (see package audit); body is JSON.
CREATE TABLE audit_event (
	seq        {{if .SQLite}}INTEGER{{else}}BIGINT{{end}} PRIMARY KEY,
	at         BIGINT NOT NULL,
	patient    TEXT NOT NULL,
	subject    TEXT NOT NULL,
	request_id TEXT NOT NULL,
	previous   {{.Bytes}} NOT NULL,
	body       TEXT NOT NULL
);

CREATE INDEX audit_event_patient ON audit_event (patient, seq) WHERE patient <> '';
CREATE INDEX audit_event_subject ON audit_event (subject, seq) WHERE subject <> '';
CREATE INDEX audit_event_request ON audit_event (request_id) WHERE request_id <> '';
CREATE INDEX audit_event_at ON audit_event (at);
{{if .SQLite}}
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;

CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;

-- INSERT OR REPLACE removes the old row without asking the trigger above.
CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;
{{else}}
CREATE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit ledger is append-only'; END;
$$;

CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only();
{{end}}
