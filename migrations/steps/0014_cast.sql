-- FHIRcast. A topic belongs to one launch; hash is of its name, which only the EPR and the
-- launched app have. seq counts its events, version is the id of the one that made the
-- present context, opened its Patient-open, sealed with the topic ('' in bytes: nobody is
-- open), moved the time that its sender gave it.
CREATE TABLE cast_topic (
	hash    {{.Bytes}} PRIMARY KEY,
	epr     TEXT NOT NULL,
	seq     BIGINT NOT NULL,
	version TEXT NOT NULL,
	opened  {{.Bytes}} NOT NULL,
	moved   BIGINT NOT NULL,
	expires BIGINT NOT NULL
);

CREATE INDEX cast_topic_expires ON cast_topic (expires);

-- What happened on a topic, in order and sealed with it; sender is the grant that must not
-- hear of it again, '' for none.
CREATE TABLE cast_event (
	topic  {{.Bytes}} NOT NULL,
	seq    BIGINT NOT NULL,
	id     TEXT NOT NULL,
	name   TEXT NOT NULL,
	body   {{.Bytes}} NOT NULL,
	sender TEXT NOT NULL,
	PRIMARY KEY (topic, seq),
	UNIQUE (topic, id)
);

-- Who hears of it: hash is of the endpoint's secret, which seals the topic's name. It is
-- connected to once; grant_id, sign_in and app are of the token that asked for it.
CREATE TABLE cast_subscription (
	hash     {{.Bytes}} PRIMARY KEY,
	topic    {{.Bytes}} NOT NULL,
	sealed   {{.Bytes}} NOT NULL,
	app      TEXT NOT NULL,
	grant_id TEXT NOT NULL,
	sign_in  TEXT NOT NULL,
	name     TEXT NOT NULL,
	events   TEXT NOT NULL,
	edition  BIGINT NOT NULL,
	asked    BIGINT NOT NULL,
	expires  BIGINT NOT NULL,
	taken    BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX cast_subscription_topic ON cast_subscription (topic, expires);
CREATE INDEX cast_subscription_expires ON cast_subscription (expires);
