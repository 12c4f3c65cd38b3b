-- The clock of appeals; devices that are told; files that are gone on with.

-- The date an author was told of when the term was missed; NULL: due_ms is the term.
ALTER TABLE appeals ADD COLUMN promised_ms BIGINT;

-- Browsers that show notices (RFC 8030). Where a browser is reached is a key to it, and sealed.
CREATE TABLE push_subscriptions (
    id TEXT NOT NULL PRIMARY KEY,   -- SHA-256 of the endpoint: a browser tells one person only
    account_id TEXT NOT NULL REFERENCES accounts (id),
    place BIGINT NOT NULL CHECK (place BETWEEN 1 AND 10), -- ten at most: the database decides
    address BYTEA NOT NULL,          -- sealed: endpoint, keys, kind of browser
    created_ms BIGINT NOT NULL,
    reached_ms BIGINT NOT NULL      -- when its service last took a message; at first, when it was made
);
CREATE UNIQUE INDEX push_subscriptions_place ON push_subscriptions (account_id, place);
CREATE INDEX push_subscriptions_reached ON push_subscriptions (reached_ms);

-- By what a file is known again when its author comes back with it: a keyed hash of what its device says it holds.
ALTER TABLE uploads ADD COLUMN mark BYTEA;
CREATE UNIQUE INDEX uploads_mark ON uploads (application_id, mark) WHERE mark IS NOT NULL;
