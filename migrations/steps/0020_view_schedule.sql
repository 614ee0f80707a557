-- Views that are run again by themselves: which, over which list, how often, until when, as
-- whom (session, sealed), and what the owner wants to be told. next is when it is due, base
-- the run whose digests the next one is compared with, used when the owner last opened their
-- views. worker and lease are of the server that begins its next run; told is the run whose
-- failure the owner was told of.
CREATE TABLE view_schedule (
	id      TEXT PRIMARY KEY,
	view    TEXT NOT NULL,
	version BIGINT NOT NULL,
	list    TEXT NOT NULL,
	issuer  TEXT NOT NULL,
	subject TEXT NOT NULL,
	role    TEXT NOT NULL,
	ods     TEXT NOT NULL,
	app     TEXT NOT NULL,
	session TEXT NOT NULL,
	every   TEXT NOT NULL,
	hour    BIGINT NOT NULL,
	day     BIGINT NOT NULL,
	alert   TEXT NOT NULL,
	until   BIGINT NOT NULL,
	created BIGINT NOT NULL,
	used    BIGINT NOT NULL,
	paused  TEXT NOT NULL,
	next    BIGINT NOT NULL,
	run     TEXT NOT NULL,
	base    TEXT NOT NULL,
	told    TEXT NOT NULL,
	worker  TEXT NOT NULL,
	lease   BIGINT NOT NULL,
	CHECK (every IN ('hourly', 'daily', 'weekly') AND alert IN ('none', 'new', 'changed') AND hour BETWEEN 0 AND 23 AND day BETWEEN 0 AND 6)
);
CREATE INDEX view_schedule_due ON view_schedule (next, lease);
CREATE INDEX view_schedule_whose ON view_schedule (issuer, subject);

-- Of a run of a schedule: what it was compared with (base, '' for the first; since is when that
-- was begun), and how many rows and people are other than then. asked: its owner began it.
CREATE TABLE view_since (
	run      TEXT PRIMARY KEY,
	schedule TEXT NOT NULL,
	base     TEXT NOT NULL,
	since    BIGINT NOT NULL,
	asked    BIGINT NOT NULL,
	fresh    BIGINT NOT NULL,
	changed  BIGINT NOT NULL,
	gone     BIGINT NOT NULL,
	unknown  BIGINT NOT NULL,
	came     BIGINT NOT NULL,
	went     BIGINT NOT NULL
);

-- What a run's rows were, as keyed digests, sealed, a page of people at a time; page -1 has the
-- people of whom nothing could be told. They are all that is kept of rows from run to run.
CREATE TABLE view_digest (
	schedule TEXT NOT NULL,
	run      TEXT NOT NULL,
	page     BIGINT NOT NULL,
	body     TEXT NOT NULL,
	PRIMARY KEY (schedule, run, page)
);

-- What owners are told of their schedules: how many rows, and of nobody.
CREATE TABLE view_notice (
	id       TEXT PRIMARY KEY,
	schedule TEXT NOT NULL,
	view     TEXT NOT NULL,
	version  BIGINT NOT NULL,
	run      TEXT NOT NULL,
	issuer   TEXT NOT NULL,
	subject  TEXT NOT NULL,
	role     TEXT NOT NULL,
	ods      TEXT NOT NULL,
	at       BIGINT NOT NULL,
	problem  TEXT NOT NULL,
	fresh    BIGINT NOT NULL,
	changed  BIGINT NOT NULL,
	seen     BIGINT NOT NULL
);
CREATE INDEX view_notice_whose ON view_notice (issuer, subject, at);
