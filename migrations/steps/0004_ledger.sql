-- The ledger's proof: see package audit, notary.go.
--
-- audit_hash holds, for each event, the Merkle tree's hashes that it completes: its own
-- leaf, then the nodes above it, 32 bytes each (RFC 6962 §2.1). They follow from the
-- events alone, so several servers write the same ones and the first wins.
CREATE TABLE audit_hash (
	seq    {{if .SQLite}}INTEGER{{else}}BIGINT{{end}} PRIMARY KEY,
	hashes {{.Bytes}} NOT NULL
);

-- audit_checkpoint holds the signed notes: origin, size, root hash.
CREATE TABLE audit_checkpoint (
	size {{if .SQLite}}INTEGER{{else}}BIGINT{{end}} PRIMARY KEY,
	note TEXT NOT NULL
);

-- audit_feed says up to which event a live feed was confirmed by its receiver.
CREATE TABLE audit_feed (
	name TEXT PRIMARY KEY,
	seq  BIGINT NOT NULL
);
{{if .SQLite}}
CREATE TRIGGER audit_hash_no_update BEFORE UPDATE ON audit_hash
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;

CREATE TRIGGER audit_hash_no_delete BEFORE DELETE ON audit_hash
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;

CREATE TRIGGER audit_hash_no_replace BEFORE INSERT ON audit_hash
WHEN EXISTS (SELECT 1 FROM audit_hash WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;

CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;

CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;

CREATE TRIGGER audit_checkpoint_no_replace BEFORE INSERT ON audit_checkpoint
WHEN EXISTS (SELECT 1 FROM audit_checkpoint WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END;
{{else}}
CREATE TRIGGER audit_hash_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_hash
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only();

CREATE TRIGGER audit_checkpoint_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only();
{{end}}
