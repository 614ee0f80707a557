-- The custom views that people have designed. Every saving makes a version; it is run once it
-- was approved by somebody else (or by its owner, for themselves, in care).
CREATE TABLE view (
	id            TEXT PRIMARY KEY,
	version       BIGINT NOT NULL,
	owner_issuer  TEXT NOT NULL,
	owner_subject TEXT NOT NULL,
	owner_name    TEXT NOT NULL,
	organisation  TEXT NOT NULL,
	created       BIGINT NOT NULL
);

CREATE TABLE view_version (
	view     TEXT NOT NULL,
	version  BIGINT NOT NULL,
	body     TEXT NOT NULL,
	state    TEXT NOT NULL,
	saved    BIGINT NOT NULL,
	decided  BIGINT NOT NULL,
	approver TEXT NOT NULL,
	until    BIGINT NOT NULL,
	reason   TEXT NOT NULL,
	PRIMARY KEY (view, version),
	CHECK (state IN ('draft', 'submitted', 'approved', 'rejected', 'withdrawn'))
);

-- Runs: whose, acting as what, over which list, how far. What would tell of people is sealed.
CREATE TABLE view_run (
	id        TEXT PRIMARY KEY,
	view      TEXT NOT NULL,
	version   BIGINT NOT NULL,
	list      TEXT NOT NULL,
	issuer    TEXT NOT NULL,
	subject   TEXT NOT NULL,
	role      TEXT NOT NULL,
	ods       TEXT NOT NULL,
	session   TEXT NOT NULL,
	state     TEXT NOT NULL,
	problem   TEXT NOT NULL,
	page      BIGINT NOT NULL,
	place     TEXT NOT NULL,
	people    BIGINT NOT NULL,
	left_out  BIGINT NOT NULL,
	rows_made BIGINT NOT NULL,
	waiting   BIGINT NOT NULL,
	created   BIGINT NOT NULL,
	ended     BIGINT NOT NULL,
	expires   BIGINT NOT NULL,
	worker    TEXT NOT NULL,
	lease     BIGINT NOT NULL,
	CHECK (state IN ('queued', 'running', 'done', 'failed', 'refused', 'cancelled', 'expired'))
);
CREATE INDEX view_run_open ON view_run (state, lease);
CREATE INDEX view_run_whose ON view_run (issuer, subject, created);

-- The rows of a page of 50 people, sealed; gone with the run's end of life.
CREATE TABLE view_rows (
	run   TEXT NOT NULL,
	page  BIGINT NOT NULL,
	body  TEXT NOT NULL,
	PRIMARY KEY (run, page)
);

-- Whose numbers were given out for other purposes than care, as keyed hashes: two cohorts that
-- differ in a few people would tell of those few.
CREATE TABLE view_release (
	run    TEXT PRIMARY KEY,
	view   TEXT NOT NULL,
	cohort TEXT NOT NULL,
	at     BIGINT NOT NULL
);
