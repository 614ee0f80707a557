-- The privacy officer's queue (package audit/review). Patients are opaque ids; an actor
-- is JSON as the ledger has them. No patient's name, number or address is here.

-- Where the follower of the ledger stands ('ledger': the last seq it has read), and how
-- often the register of staff has changed ('staff'). What was audited before there was
-- a queue is not reviewed.
CREATE TABLE review_mark (
	name  TEXT PRIMARY KEY,
	value BIGINT NOT NULL
);

INSERT INTO review_mark (name, value) SELECT 'ledger', COALESCE(MAX(seq), 0) FROM audit_event;
INSERT INTO review_mark (name, value) VALUES ('staff', 0);

-- unique_key is the SHA-256, in hex, of what makes two findings one item.
-- closed is 0 until then. alert_due is 0 when nobody is to be alerted (any more), else
-- when another server may take the alert over.
CREATE TABLE review_item (
	id               TEXT PRIMARY KEY,
	unique_key       TEXT NOT NULL UNIQUE,
	kind             TEXT NOT NULL,
	patient          TEXT NOT NULL,
	issuer           TEXT NOT NULL,
	subject          TEXT NOT NULL,
	actor            TEXT NOT NULL,
	reason           TEXT NOT NULL,
	seq              BIGINT NOT NULL,
	events           BIGINT NOT NULL,
	opened           BIGINT NOT NULL,
	state            TEXT NOT NULL,
	steps            BIGINT NOT NULL,
	reviewer_issuer  TEXT NOT NULL,
	reviewer_subject TEXT NOT NULL,
	reviewer         TEXT NOT NULL,
	outcome          TEXT NOT NULL,
	note             TEXT NOT NULL,
	closed           BIGINT NOT NULL,
	alert_due        BIGINT NOT NULL
);

CREATE INDEX review_item_newest ON review_item (opened, id);
CREATE INDEX review_item_state ON review_item (state, opened, id);
CREATE INDEX review_item_alert ON review_item (alert_due) WHERE alert_due > 0;

-- The organisations that see an item: the actor's, and the patient's at the time.
CREATE TABLE review_scope (
	organisation TEXT NOT NULL,
	item         TEXT NOT NULL REFERENCES review_item (id),
	PRIMARY KEY (organisation, item)
);

CREATE INDEX review_scope_item ON review_scope (item);

-- What was done with an item; number counts from 1 without gaps.
CREATE TABLE review_step (
	item    TEXT NOT NULL REFERENCES review_item (id),
	number  BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	step    TEXT NOT NULL,
	issuer  TEXT NOT NULL,
	subject TEXT NOT NULL,
	actor   TEXT NOT NULL,
	outcome TEXT NOT NULL,
	note    TEXT NOT NULL,
	PRIMARY KEY (item, number)
);

-- Whom each user opened in the last hour, to count different patients. actor is the
-- SHA-256, in hex, of issuer and subject.
CREATE TABLE review_opening (
	actor   TEXT NOT NULL,
	patient TEXT NOT NULL,
	at      BIGINT NOT NULL,
	seq     BIGINT NOT NULL,
	PRIMARY KEY (actor, patient)
);

CREATE INDEX review_opening_at ON review_opening (at);

-- The most different patients that a user opened within an hour, by the clock hour
-- (since 1970, UTC) in which that was reached: their own custom.
CREATE TABLE review_hour (
	actor    TEXT NOT NULL,
	hour     BIGINT NOT NULL,
	patients BIGINT NOT NULL,
	PRIMARY KEY (actor, hour)
);

CREATE INDEX review_hour_hour ON review_hour (hour);

-- The register of staff. surname and address are keyed hashes (HMAC-SHA-256), empty if
-- not stated; relatives is a JSON list of opaque patient ids.
CREATE TABLE review_staff (
	issuer    TEXT NOT NULL,
	subject   TEXT NOT NULL,
	patient   TEXT NOT NULL,
	surname   {{.Bytes}} NOT NULL,
	address   {{.Bytes}} NOT NULL,
	relatives TEXT NOT NULL,
	PRIMARY KEY (issuer, subject)
);

-- The key of those hashes, made at random when the first is needed.
CREATE TABLE review_key (
	name  TEXT PRIMARY KEY,
	value {{.Bytes}} NOT NULL
);
