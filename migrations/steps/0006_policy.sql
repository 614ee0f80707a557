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

-- The security labels that the system puts on its demographics of the person, one
-- "system|code" a line: what the index knows of them is no less sensitive, and whoever
-- is restricted (S-flag) may not be located by any system's data.
ALTER TABLE patient_registration ADD COLUMN labels TEXT NOT NULL DEFAULT '';

-- What was said of a patient who was merged into another holds for that other.
CREATE INDEX patient_merged ON patient (merged_into) WHERE merged_into IS NOT NULL;
