-- Other doors: providers of identities, the postal account, accounts that staff opened.

-- Who of a provider (OpenID Connect) enters which account.
CREATE TABLE doors (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    door TEXT NOT NULL,             -- bank | gosuslugi
    subject_index BYTEA NOT NULL,    -- keyed hash of issuer and subject
    told BYTEA NOT NULL,             -- sealed: what the provider said of the person, as field values
    linked_ms BIGINT NOT NULL,
    used_ms BIGINT,
    removed_ms BIGINT               -- stays, sealed, as long as the removal can be undone
);
-- One person of a provider enters one account, and an account has one person of each: the database decides.
CREATE UNIQUE INDEX doors_subject ON doors (subject_index) WHERE removed_ms IS NULL;
CREATE UNIQUE INDEX doors_account ON doors (account_id, door) WHERE removed_ms IS NULL;
CREATE INDEX doors_removed ON doors (removed_ms) WHERE removed_ms IS NOT NULL;

-- Which answers came from a provider, and which of those were changed: ids of fields and doors, nobody's data (E11).
ALTER TABLE applications ADD COLUMN sources TEXT;

-- The account of the post that a citizen has linked.
CREATE TABLE post_accounts (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    post_index BYTEA NOT NULL UNIQUE, -- keyed hash of the post's name for it: it belongs to one citizen
    held BYTEA NOT NULL,             -- sealed: the login as typed, and the key the post gave
    linked_ms BIGINT NOT NULL
);

-- The password that staff gave still stands: since when. NULL once its owner chose another.
ALTER TABLE accounts ADD COLUMN first_password_ms BIGINT;
-- A login from the counter, until its owner has proved a phone.
ALTER TABLE accounts ADD COLUMN login_index BYTEA;
CREATE UNIQUE INDEX accounts_login ON accounts (login_index) WHERE login_index IS NOT NULL;

-- Messages with first passwords go with those that hold codes.
DROP INDEX notices_codes;
CREATE INDEX notices_codes ON notices (queued_ms)
    WHERE template IN ('sign_up_code', 'login_code', 'recover_code', 'first_password');
