-- People: their data keys, accounts, sign-ups, one-time secrets, sessions, limits, consents.
-- Moments are milliseconds since 1970-01-01 UTC. "sealed" columns hold AEAD ciphertext under the
-- person's data key; "_index" columns hold keyed hashes for equality search.
-- Tables of small rows are WITHOUT ROWID: one tree instead of two, so fewer pages per commit.

-- One data key per person. An account and the sign-up it came from share the id.
CREATE TABLE persons (
    id TEXT NOT NULL PRIMARY KEY,
    wrapped_key BLOB,               -- the data key under a master key; NULL once destroyed
    master_key TEXT NOT NULL,       -- id of that master key
    created_ms BIGINT NOT NULL,
    destroyed_ms BIGINT             -- from here on nothing sealed for this person can be read
);
CREATE INDEX persons_master_key ON persons (master_key, id);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY REFERENCES persons (id),
    phone_index BLOB UNIQUE,
    email_index BLOB UNIQUE,
    password_hash TEXT NOT NULL,    -- PHC string
    profile BLOB NOT NULL,          -- sealed field values, JSON
    level TEXT NOT NULL,            -- created | phone | confirmed
    phone_confirmed_ms BIGINT,
    email_confirmed_ms BIGINT,
    lang TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    blocked_ms BIGINT
);

-- Sign-ups that have not proved the phone yet.
CREATE TABLE registrations (
    id TEXT NOT NULL PRIMARY KEY REFERENCES persons (id),
    profile BLOB NOT NULL,          -- sealed field values, JSON
    password_hash TEXT NOT NULL,
    phone_index BLOB NOT NULL,
    email_index BLOB NOT NULL,
    lang TEXT NOT NULL,
    shadow BOOLEAN NOT NULL,        -- the phone has an account already: looks alike, leads nowhere
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE INDEX registrations_expires ON registrations (expires_ms);

-- One-time codes; a new one for the same subject and purpose replaces the old one.
CREATE TABLE codes (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,          -- the sign-up or session it was sent for
    purpose TEXT NOT NULL,
    code_hash BLOB NOT NULL,        -- HMAC
    tries_left BIGINT NOT NULL,
    sent_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT,
    CONSTRAINT codes_subject_purpose UNIQUE (subject, purpose)
) WITHOUT ROWID;
CREATE INDEX codes_expires ON codes (expires_ms);

-- Links sent by e-mail. Only the token's hash is here.
CREATE TABLE links (
    token_hash BLOB NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    purpose TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT
) WITHOUT ROWID;
CREATE INDEX links_account ON links (account_id, purpose);
CREATE INDEX links_expires ON links (expires_ms);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- what the page of devices calls it
    account_id TEXT REFERENCES accounts (id),
    stage TEXT NOT NULL,            -- registering | pending_login | open
    subject TEXT,                   -- the sign-up it belongs to while registering
    created_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    absolute_expires_ms BIGINT NOT NULL,
    label TEXT NOT NULL,            -- kind of browser and device, never the whole user agent
    revoked_ms BIGINT
) WITHOUT ROWID;
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expires ON sessions (absolute_expires_ms);

-- Fixed windows of counted attempts.
CREATE TABLE throttle (
    key BLOB NOT NULL PRIMARY KEY,  -- keyed hash of what is limited
    window_start_ms BIGINT NOT NULL,
    count BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX throttle_window ON throttle (window_start_ms);

CREATE TABLE consents (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    purpose TEXT NOT NULL,
    text_version TEXT NOT NULL,
    text_hash TEXT NOT NULL,        -- SHA-256, hex, of the text that was shown
    given_ms BIGINT NOT NULL,
    withdrawn_ms BIGINT
);
-- A person has one consent in force per purpose.
CREATE UNIQUE INDEX consents_in_force ON consents (account_id, purpose) WHERE withdrawn_ms IS NULL;
