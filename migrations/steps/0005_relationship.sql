-- Why somebody may look at a patient: an organisation's relationships, found in the
-- record, and a user's own, claimed. A row belongs to an organisation or to a user.
CREATE TABLE relationship (
	id           TEXT PRIMARY KEY,
	patient      TEXT NOT NULL,
	kind         TEXT NOT NULL,
	organisation TEXT NOT NULL,
	issuer       TEXT NOT NULL,
	subject      TEXT NOT NULL,
	since        BIGINT NOT NULL,
	until        BIGINT NOT NULL,
	evidence     TEXT NOT NULL,
	reason_code  TEXT NOT NULL,
	reason       TEXT NOT NULL,
	CHECK (patient <> '' AND since < until),
	CHECK ((organisation = '') <> (subject = '') AND (issuer = '') = (subject = ''))
);

CREATE INDEX relationship_patient ON relationship (patient, until);
CREATE UNIQUE INDEX relationship_learned ON relationship (patient, organisation, kind, evidence) WHERE subject = '';
CREATE UNIQUE INDEX relationship_claimed ON relationship (patient, issuer, subject) WHERE kind = 'self-claimed';

-- When an organisation's relationships to a patient were last looked for in the record.
CREATE TABLE relationship_looked (
	patient      TEXT NOT NULL,
	organisation TEXT NOT NULL,
	at           BIGINT NOT NULL,
	PRIMARY KEY (patient, organisation)
);

-- Every broken glass, for ever: each is reviewed. One at most is open for a user and
-- patient, and an open one holds until its time; ended is NULL while it is open.
CREATE TABLE relationship_break (
	id          TEXT PRIMARY KEY,
	patient     TEXT NOT NULL,
	issuer      TEXT NOT NULL,
	subject     TEXT NOT NULL,
	reason_code TEXT NOT NULL,
	reason      TEXT NOT NULL,
	started     BIGINT NOT NULL,
	until       BIGINT NOT NULL,
	ended       BIGINT,
	CHECK (patient <> '' AND issuer <> '' AND subject <> '' AND started < until)
);

CREATE UNIQUE INDEX relationship_break_open ON relationship_break (patient, issuer, subject) WHERE ended IS NULL;
CREATE INDEX relationship_break_patient ON relationship_break (patient, started);
CREATE INDEX relationship_break_user ON relationship_break (issuer, subject, started);
CREATE INDEX relationship_break_started ON relationship_break (started);

-- What patients do not wish to be seen. A withdrawn objection stays; '' does not narrow.
CREATE TABLE relationship_objection (
	id           TEXT PRIMARY KEY,
	patient      TEXT NOT NULL,
	source       TEXT NOT NULL,
	section      TEXT NOT NULL,
	organisation TEXT NOT NULL,
	absolute     BOOLEAN NOT NULL,
	reason       TEXT NOT NULL,
	recorded_by  TEXT NOT NULL,
	since        BIGINT NOT NULL,
	ended        BIGINT,
	ended_by     TEXT NOT NULL DEFAULT '',
	ended_reason TEXT NOT NULL DEFAULT '',
	CHECK (patient <> '')
);

CREATE INDEX relationship_objection_holds ON relationship_objection (patient) WHERE ended IS NULL;
CREATE INDEX relationship_objection_patient ON relationship_objection (patient, since);
