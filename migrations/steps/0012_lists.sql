-- Users as lists know them: one row for each issuer and subject that has used lists. The id
-- is what the others see; name, role and organisation are as when they were last here.
CREATE TABLE list_user (
	id                TEXT PRIMARY KEY,
	issuer            TEXT NOT NULL,
	subject           TEXT NOT NULL,
	name              TEXT NOT NULL,
	role              TEXT NOT NULL,
	organisation      TEXT NOT NULL,
	organisation_name TEXT NOT NULL,
	seen              BIGINT NOT NULL,
	UNIQUE (issuer, subject),
	CHECK (id <> '' AND issuer <> '' AND subject <> '')
);

CREATE INDEX list_user_organisation ON list_user (organisation);

-- Lists of patients. version grows by one with every change, edited is the version that
-- last changed title, description or what is shown; archived is 0 while the list is in use.
-- One with a roster has no items: its people are read live.
CREATE TABLE list (
	id            TEXT PRIMARY KEY,
	version       BIGINT NOT NULL,
	edited        BIGINT NOT NULL,
	title         TEXT NOT NULL,
	description   TEXT NOT NULL,
	shown         TEXT NOT NULL,
	owner         TEXT NOT NULL,
	roster_source TEXT NOT NULL,
	roster_kind   TEXT NOT NULL,
	roster_id     TEXT NOT NULL,
	roster_name   TEXT NOT NULL,
	created       BIGINT NOT NULL,
	changed       BIGINT NOT NULL,
	changed_by    TEXT NOT NULL,
	archived      BIGINT NOT NULL,
	CHECK (id <> '' AND owner <> '' AND title <> '' AND edited <= version)
);

CREATE INDEX list_owner ON list (owner);

-- Who is on a list. place is the order, with gaps; version is the list's that brought the
-- person onto it; grounds is the kind of relationship the adder had then, '' for none.
CREATE TABLE list_item (
	list     TEXT NOT NULL,
	patient  TEXT NOT NULL,
	place    BIGINT NOT NULL,
	version  BIGINT NOT NULL,
	added    BIGINT NOT NULL,
	added_by TEXT NOT NULL,
	grounds  TEXT NOT NULL,
	PRIMARY KEY (list, patient),
	CHECK (patient <> '')
);

CREATE INDEX list_item_place ON list_item (list, place);
CREATE INDEX list_item_patient ON list_item (patient, added);

-- With whom lists are shared: kind is person, team or role, grantee the list_user, list_team
-- or role. may is 1 to read and 2 to edit; until 0 is for ever.
CREATE TABLE list_share (
	id           TEXT PRIMARY KEY,
	list         TEXT NOT NULL,
	kind         TEXT NOT NULL,
	grantee      TEXT NOT NULL,
	organisation TEXT NOT NULL,
	may          BIGINT NOT NULL,
	until        BIGINT NOT NULL,
	made_by      TEXT NOT NULL,
	since        BIGINT NOT NULL,
	UNIQUE (list, kind, grantee, organisation),
	CHECK (may IN (1, 2) AND grantee <> '' AND (kind = 'role') = (organisation <> ''))
);

CREATE INDEX list_share_grantee ON list_share (kind, grantee, organisation);
CREATE INDEX list_share_until ON list_share (until) WHERE until > 0;

-- Who has left a list that is shared with a team or role of theirs.
CREATE TABLE list_left (
	list   TEXT NOT NULL,
	person TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (list, person)
);

-- The version of a list that somebody last looked at.
CREATE TABLE list_seen (
	list    TEXT NOT NULL,
	person  TEXT NOT NULL,
	version BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (list, person)
);

-- People who work together and share lists.
CREATE TABLE list_team (
	id                TEXT PRIMARY KEY,
	name              TEXT NOT NULL,
	organisation      TEXT NOT NULL,
	organisation_name TEXT NOT NULL,
	created           BIGINT NOT NULL
);

CREATE INDEX list_team_organisation ON list_team (organisation);

CREATE TABLE list_team_member (
	team   TEXT NOT NULL,
	person TEXT NOT NULL,
	leads  BOOLEAN NOT NULL,
	since  BIGINT NOT NULL,
	PRIMARY KEY (team, person)
);

CREATE INDEX list_team_member_person ON list_team_member (person);

-- Every change of a list (team is '') or of a team (list is ''), in the order in which they
-- took effect, without gaps. about_… is whom it concerns who may not read the list any more.
CREATE TABLE list_change (
	seq                BIGINT PRIMARY KEY,
	list               TEXT NOT NULL,
	version            BIGINT NOT NULL,
	team               TEXT NOT NULL,
	at                 BIGINT NOT NULL,
	person             TEXT NOT NULL,
	what               TEXT NOT NULL,
	about_kind         TEXT NOT NULL,
	about_id           TEXT NOT NULL,
	about_organisation TEXT NOT NULL,
	CHECK ((list = '') <> (team = ''))
);

CREATE UNIQUE INDEX list_change_version ON list_change (list, version) WHERE list <> '';
