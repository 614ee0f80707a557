-- SMART App Launch: who may ask for access, and what was given to whom.

-- Programs that may ask. method is how they prove who they are: none, client_secret_basic
-- or private_key_jwt; secret_hash is the SHA-256 of a random secret; redirect_uris and
-- scopes are JSON lists. One that is not approved gets nothing; auth_off switches one off.
-- position (JSON, '' for none) is what a backend service acts as; launching (JSON, '' for
-- nothing) what an EPR may open. Of a trusted one users are not asked. proposer is the user
-- who wants it as it stands now (issuer, space, subject): another one approves it; '' for a
-- client that was registered by what starts the server.
CREATE TABLE smart_client (
	id            TEXT PRIMARY KEY,
	name          TEXT NOT NULL,
	method        TEXT NOT NULL,
	secret_hash   {{.Bytes}},
	redirect_uris TEXT NOT NULL,
	launch_url    TEXT NOT NULL,
	scopes        TEXT NOT NULL,
	jwks          TEXT NOT NULL,
	jwks_url      TEXT NOT NULL,
	position      TEXT NOT NULL DEFAULT '',
	launching     TEXT NOT NULL DEFAULT '',
	trusted       BOOLEAN NOT NULL DEFAULT FALSE,
	proposed      BIGINT NOT NULL,
	proposed_by   TEXT NOT NULL,
	proposer      TEXT NOT NULL DEFAULT '',
	approved      BIGINT NOT NULL DEFAULT 0,
	approved_by   TEXT NOT NULL DEFAULT ''
);

-- What a user, or for a backend service nobody, has granted a client: all its codes and
-- tokens are one family and end with it. A token without a grant is none.
CREATE TABLE smart_grant (
	id      TEXT PRIMARY KEY,
	client  TEXT NOT NULL,
	subject TEXT NOT NULL,
	session TEXT NOT NULL,
	created BIGINT NOT NULL,
	revoked BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX smart_grant_client ON smart_grant (client);
CREATE INDEX smart_grant_session ON smart_grant (session) WHERE session <> '';

-- kind is code, pkce, openid, access or refresh; key_hash is the SHA-256 of what the
-- client has, or of the part of it that names it. used is what may not be taken again: it
-- stays, so that taking it again is noticed.
CREATE TABLE smart_token (
	kind     TEXT NOT NULL,
	key_hash {{.Bytes}} NOT NULL,
	grant_id TEXT NOT NULL,
	request  TEXT NOT NULL,
	used     BOOLEAN NOT NULL DEFAULT FALSE,
	expires  BIGINT NOT NULL,
	PRIMARY KEY (kind, key_hash)
);

CREATE INDEX smart_token_grant ON smart_token (grant_id, kind);
CREATE INDEX smart_token_expires ON smart_token (expires);

-- Assertions of clients, each of which is taken once (RFC 7523 §3, jti).
CREATE TABLE smart_assertion (
	hash    {{.Bytes}} PRIMARY KEY,
	expires BIGINT NOT NULL
);

CREATE INDEX smart_assertion_expires ON smart_assertion (expires);

-- Launches that an EPR asked for: context is JSON. Each is taken once, by the app it is for.
CREATE TABLE smart_launch (
	hash    {{.Bytes}} PRIMARY KEY,
	epr     TEXT NOT NULL,
	app     TEXT NOT NULL,
	context TEXT NOT NULL,
	expires BIGINT NOT NULL,
	taken   BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX smart_launch_epr ON smart_launch (epr, expires);

-- Authorize requests that wait for their user: to sign in, to choose, to approve. request is
-- the form, launch the context of the launch that it has taken (JSON, '' for none).
CREATE TABLE smart_transaction (
	hash    {{.Bytes}} PRIMARY KEY,
	client  TEXT NOT NULL,
	request TEXT NOT NULL,
	launch  TEXT NOT NULL,
	expires BIGINT NOT NULL,
	done    BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX smart_transaction_expires ON smart_transaction (expires);

-- The keys that sign ID tokens, each sealed with the server's secret, and published from
-- published on until expires.
CREATE TABLE smart_key (
	kid       TEXT PRIMARY KEY,
	alg       TEXT NOT NULL,
	sealed    {{.Bytes}} NOT NULL,
	published BIGINT NOT NULL,
	signs     BIGINT NOT NULL,
	expires   BIGINT NOT NULL
);
