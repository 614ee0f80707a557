-- The key that seals cursors, so that a place in a list tells nothing of who stands before
-- it. It is every server's, for a page may be asked of another than the one before; it is
-- made when the first is needed, and there is one row.
CREATE TABLE list_key (
	id  BIGINT PRIMARY KEY,
	key TEXT NOT NULL,
	CHECK (id = 1 AND key <> '')
);
