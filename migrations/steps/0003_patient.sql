-- One row per person that the patchwork knows. No name, no address: only what is
-- needed to tell people apart. merged_into is set when two rows turned out to be
-- one person under a new and a superseded NHS number.
CREATE TABLE patient (
	id          TEXT PRIMARY KEY,
	birth_date  TEXT NOT NULL,
	merged_into TEXT REFERENCES patient (id),
	created     BIGINT NOT NULL
);

-- Every NHS number belongs to one patient at most; a patient has one current number.
CREATE TABLE patient_number (
	nhs_number TEXT PRIMARY KEY,
	patient_id TEXT NOT NULL REFERENCES patient (id),
	is_current BOOLEAN NOT NULL,
	since      BIGINT NOT NULL
);

CREATE INDEX patient_number_patient ON patient_number (patient_id);
CREATE UNIQUE INDEX patient_number_current ON patient_number (patient_id) WHERE is_current;

-- What each system last said about the patient.
CREATE TABLE patient_registration (
	patient_id TEXT NOT NULL REFERENCES patient (id),
	source     TEXT NOT NULL,
	state      TEXT NOT NULL,
	code       TEXT NOT NULL,
	reason     TEXT NOT NULL,
	checked    BIGINT NOT NULL,
	PRIMARY KEY (patient_id, source)
);

-- The patient's ids in other systems, with history: a link that no longer holds is
-- ended, not removed. A local id that holds belongs to one patient at most.
CREATE TABLE patient_link (
	id         TEXT PRIMARY KEY,
	patient_id TEXT NOT NULL REFERENCES patient (id),
	source     TEXT NOT NULL,
	local_id   TEXT NOT NULL,
	status     TEXT NOT NULL,
	evidence   TEXT NOT NULL,
	since      BIGINT NOT NULL,
	ended      BIGINT,
	ended_why  TEXT NOT NULL DEFAULT ''
);

CREATE INDEX patient_link_patient ON patient_link (patient_id, source);
CREATE UNIQUE INDEX patient_link_holds ON patient_link (source, local_id) WHERE ended IS NULL;
