-- An account people can trust: second factors, known devices, ways back in, counted mistakes.

-- Authenticator apps of citizens. One that was removed stays, sealed, as long as the removal can be undone.
CREATE TABLE authenticators (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    place BIGINT NOT NULL CHECK (place IN (1, 2)), -- two at most: the database decides
    name BYTEA NOT NULL,             -- sealed: what its owner calls it
    secret BYTEA NOT NULL,           -- sealed
    step BIGINT,                    -- the last step used; no code of it or before it is taken again
    created_ms BIGINT NOT NULL,
    confirmed_ms BIGINT,            -- NULL: being added
    used_ms BIGINT,
    removed_ms BIGINT
);
CREATE UNIQUE INDEX authenticators_place ON authenticators (account_id, place) WHERE removed_ms IS NULL;
CREATE INDEX authenticators_removed ON authenticators (removed_ms) WHERE removed_ms IS NOT NULL;

CREATE TABLE backup_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    code_hash BYTEA NOT NULL,        -- keyed hash
    used_ms BIGINT,
    PRIMARY KEY (account_id, code_hash)
);

-- Browsers an account was entered from. The cookie is random; its hash is here once for each account.
CREATE TABLE devices (
    token_hash BYTEA NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    label TEXT NOT NULL,            -- kind of browser and device, never the whole user agent
    first_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    trusted_until_ms BIGINT,        -- until then the second half of the login is not asked for here
    PRIMARY KEY (token_hash, account_id)
);
CREATE INDEX devices_account ON devices (account_id);
CREATE INDEX devices_seen ON devices (seen_ms);

-- What a letter «Это не я» can take back. Only the token's hash is here.
CREATE TABLE alarms (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    act TEXT NOT NULL,              -- what was done
    object TEXT NOT NULL,           -- the id of what it was done to; may be empty
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT
);
CREATE INDEX alarms_account ON alarms (account_id);
CREATE INDEX alarms_expires ON alarms (expires_ms);

-- Wrong passwords under a name, and how often that has closed the door.
CREATE TABLE lockouts (
    key BYTEA NOT NULL PRIMARY KEY,  -- keyed hash of the name, or of the name and a known device
    wrong BIGINT NOT NULL,          -- since the door was last open
    locks BIGINT NOT NULL,
    until_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL
);
CREATE INDEX lockouts_changed ON lockouts (changed_ms);

-- «Это не я» was pressed: nobody enters until access was recovered.
ALTER TABLE accounts ADD COLUMN frozen_ms BIGINT;
-- Access was recovered through this channel (phone | email): the next login asks for the other one.
ALTER TABLE accounts ADD COLUMN recovered_by TEXT;
-- When the person last proved to be the one who logged in; changes of security ask for a fresh proof.
ALTER TABLE sessions ADD COLUMN proved_ms BIGINT;
-- Which known browser it belongs to, and by what the login was proved.
ALTER TABLE sessions ADD COLUMN device_hash BYTEA;
ALTER TABLE sessions ADD COLUMN proved_by TEXT;

-- Messages with codes of recovery go with the others.
DROP INDEX notices_codes;
CREATE INDEX notices_codes ON notices (queued_ms) WHERE template IN ('sign_up_code', 'login_code', 'recover_code');

-- Passkeys (WebAuthn). The public key is no secret; what its owner calls it is.
CREATE TABLE passkeys (
    id BYTEA NOT NULL PRIMARY KEY,   -- the credential id the authenticator chose
    account_id TEXT NOT NULL REFERENCES accounts (id),
    place BIGINT NOT NULL CHECK (place BETWEEN 1 AND 5), -- five at most: the database decides
    name BYTEA NOT NULL,             -- sealed
    public_key BYTEA NOT NULL,       -- COSE
    counter BIGINT NOT NULL,        -- of the last use; 0: the authenticator counts nothing
    created_ms BIGINT NOT NULL,
    used_ms BIGINT,
    removed_ms BIGINT
);
CREATE UNIQUE INDEX passkeys_place ON passkeys (account_id, place) WHERE removed_ms IS NULL;
CREATE INDEX passkeys_removed ON passkeys (removed_ms) WHERE removed_ms IS NOT NULL;

-- Wishes to be forgotten. The token in the person's hands outlives the account: it shows the certificate.
CREATE TABLE deletions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    asked_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,         -- until then it can be taken back
    cancelled_ms BIGINT,
    erased_ms BIGINT
);
-- One wish at a time: the database decides.
CREATE UNIQUE INDEX deletions_open ON deletions (account_id) WHERE cancelled_ms IS NULL AND erased_ms IS NULL;
CREATE INDEX deletions_due ON deletions (due_ms) WHERE cancelled_ms IS NULL AND erased_ms IS NULL;
