-- When a system was last searched for the person by name, for a record without a
-- verified NHS number; 0 if it never was.
ALTER TABLE patient_registration ADD COLUMN traced BIGINT NOT NULL DEFAULT 0;

-- Records that may be of a person: somebody must say. What was refused is kept, so that
-- it is neither proposed nor linked again; what was confirmed, so that it comes back. No
-- name, no date: identifiers, and in words what agrees.
CREATE TABLE patient_proposal (
	id          TEXT PRIMARY KEY,
	patient_id  TEXT NOT NULL REFERENCES patient (id),
	source      TEXT NOT NULL,
	local_id    TEXT NOT NULL,
	state       TEXT NOT NULL,
	score       BIGINT, -- thousandths of a bit; none if it was proposed by hand
	agreements  TEXT NOT NULL,
	rules       TEXT NOT NULL,
	proposed    BIGINT NOT NULL,
	proposed_by TEXT NOT NULL,
	decided     BIGINT NOT NULL DEFAULT 0,
	decided_by  TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT ''
);

CREATE UNIQUE INDEX patient_proposal_pair ON patient_proposal (patient_id, source, local_id);
CREATE INDEX patient_proposal_record ON patient_proposal (local_id, source);
CREATE INDEX patient_proposal_state ON patient_proposal (state, proposed, id);

-- Who decided what about a person's links, and why. Nothing here is ever changed.
CREATE TABLE patient_decision (
	id              TEXT PRIMARY KEY,
	patient_id      TEXT NOT NULL REFERENCES patient (id),
	source          TEXT NOT NULL,
	local_id        TEXT NOT NULL,
	kind            TEXT NOT NULL,
	at              BIGINT NOT NULL,
	by_issuer       TEXT NOT NULL,
	by_subject      TEXT NOT NULL,
	by_name         TEXT NOT NULL,
	by_role         TEXT NOT NULL,
	by_organisation TEXT NOT NULL,
	reason          TEXT NOT NULL
);

CREATE INDEX patient_decision_patient ON patient_decision (patient_id, at);

-- Who holds a record is asked by its local id alone, in whichever system.
CREATE INDEX patient_link_local ON patient_link (local_id) WHERE ended IS NULL;
