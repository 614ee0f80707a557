-- The policies of each version, whole, as JSON: what decided on any day can be read
-- again. The newest version is in force. Versions are never changed or removed.
CREATE TABLE policy_version (
	version  BIGINT PRIMARY KEY,
	at       BIGINT NOT NULL,
	issuer   TEXT NOT NULL,
	subject  TEXT NOT NULL,
	name     TEXT NOT NULL,
	reason   TEXT NOT NULL,
	document TEXT NOT NULL
);

-- Whether the system marks the person restricted (S-flag): then no system's data may
-- locate them.
ALTER TABLE patient_registration ADD COLUMN restricted BOOLEAN NOT NULL DEFAULT FALSE;

-- What was said of a patient who was merged into another holds for that other.
CREATE INDEX patient_merged ON patient (merged_into) WHERE merged_into IS NOT NULL;
