-- Who somebody is when every way in is lost, new phones and e-mails, and logins that stand out.

-- Requests to verify an identity (REC-3). Each has a data key of its own (a row of persons with the same id): nobody is
-- signed in, and there may be no account.
CREATE TABLE verifications (
    id TEXT NOT NULL PRIMARY KEY REFERENCES persons (id),
    number TEXT NOT NULL UNIQUE,    -- what the person reads out
    account_id TEXT REFERENCES accounts (id), -- NULL: nobody has the phone or e-mail that was typed
    state TEXT NOT NULL,            -- waiting | confirmed | refused | used | cancelled
    asked_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,         -- the promise: ten minutes
    holder TEXT REFERENCES staff (id),
    until_ms BIGINT,                -- the hold ends by itself
    decided_by TEXT,                -- no reference: decisions outlive accounts of staff
    decided_ms BIGINT,
    reason BIGINT,                  -- a code of the catalogue
    words BLOB,                     -- sealed: the clerk's own
    objection BLOB,                 -- sealed: the person's answer to a refusal
    refused_by TEXT,                -- who refused before the answer; decides no second time
    CHECK (decided_by <> refused_by)
);
CREATE INDEX verifications_queue ON verifications (due_ms, id) WHERE state = 'waiting';
CREATE INDEX verifications_account ON verifications (account_id);
CREATE INDEX verifications_asked ON verifications (asked_ms);

CREATE TABLE verification_scans (
    id TEXT NOT NULL PRIMARY KEY,   -- random; names the object too
    verification_id TEXT NOT NULL REFERENCES verifications (id),
    kind TEXT NOT NULL,             -- passport | inn
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX verification_scans_of ON verification_scans (verification_id);

-- A phone or e-mail being changed, and, once it was, the one before it, as long as «Это не я» can bring it back.
CREATE TABLE contact_changes (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,             -- phone | email
    value BLOB NOT NULL,            -- sealed
    idx BLOB NOT NULL,              -- its blind index
    shadow BOOLEAN NOT NULL,        -- somebody else's: looks alike, leads nowhere
    token_hash BLOB UNIQUE,         -- of the link in the letter
    former BLOB,                    -- sealed: the one before
    former_idx BLOB,
    former_confirmed_ms BIGINT,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    done_ms BIGINT
) WITHOUT ROWID;
-- One at a time: the database decides.
CREATE UNIQUE INDEX contact_changes_open ON contact_changes (account_id, kind) WHERE done_ms IS NULL;
CREATE INDEX contact_changes_expires ON contact_changes (expires_ms);

-- From which address which name was tried: keyed hashes of both, counted by the rules of detection.
CREATE TABLE sightings (
    address BLOB NOT NULL,
    name BLOB NOT NULL,
    seen_ms BIGINT NOT NULL,
    PRIMARY KEY (address, name)
) WITHOUT ROWID;
CREATE INDEX sightings_name ON sightings (name, seen_ms);
CREATE INDEX sightings_seen ON sightings (seen_ms);

-- The country of the address a session began at; the address itself is not kept.
ALTER TABLE sessions ADD COLUMN country TEXT;
