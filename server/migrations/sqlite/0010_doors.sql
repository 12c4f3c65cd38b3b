-- Other doors: providers of identities, the postal account, accounts that staff opened.

-- Who of a provider (OpenID Connect) enters which account.
CREATE TABLE doors (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    door TEXT NOT NULL,             -- bank | gosuslugi
    subject_index BLOB NOT NULL,    -- keyed hash of issuer and subject
    told BLOB NOT NULL,             -- sealed: what the provider said of the person, as field values
    linked_ms BIGINT NOT NULL,
    used_ms BIGINT,
    removed_ms BIGINT               -- stays, sealed, as long as the removal can be undone
) WITHOUT ROWID;
-- One person of a provider enters one account, and an account has one person of each: the database decides.
CREATE UNIQUE INDEX doors_subject ON doors (subject_index) WHERE removed_ms IS NULL;
CREATE UNIQUE INDEX doors_account ON doors (account_id, door) WHERE removed_ms IS NULL;
CREATE INDEX doors_removed ON doors (removed_ms) WHERE removed_ms IS NOT NULL;

-- Which answers came from a provider, and which of those were changed: ids of fields and doors, nobody's data (E11).
ALTER TABLE applications ADD COLUMN sources TEXT;
