-- Applications, what was checked about them, and what came of them.

CREATE TABLE applications (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    number TEXT UNIQUE,             -- given at the first submission
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    answers BYTEA NOT NULL,          -- sealed field values, JSON
    version BIGINT NOT NULL,        -- grows with each change
    submit_key TEXT NOT NULL UNIQUE, -- minted with the draft: one submission per key
    created_ms BIGINT NOT NULL,
    saved_ms BIGINT NOT NULL,
    submitted_ms BIGINT,            -- NULL while it is being filled in
    due_ms BIGINT,                  -- when an answer is promised, or a clarification is due
    registration_number TEXT UNIQUE,
    reasons TEXT NOT NULL           -- JSON: error codes and field ids, never values
);
CREATE INDEX applications_account ON applications (account_id, created_ms);
CREATE INDEX applications_due ON applications (due_ms) WHERE due_ms IS NOT NULL;

-- Every move of an application. Never changed.
CREATE TABLE history (
    application_id TEXT NOT NULL REFERENCES applications (id),
    seq BIGINT NOT NULL,            -- the application's version after the move
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,            -- citizen | system | staff:<id>
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (application_id, seq)
);

-- Blind indexes of who an application is about.
CREATE TABLE identities (
    application_id TEXT NOT NULL REFERENCES applications (id),
    kind TEXT NOT NULL,             -- passport | snils | inn | phone
    idx BYTEA NOT NULL,
    active BOOLEAN NOT NULL,        -- this application is the person's registration
    PRIMARY KEY (application_id, kind)
);
CREATE INDEX identities_search ON identities (kind, idx);
-- One person cannot be registered twice: the database decides, not a look before the write.
CREATE UNIQUE INDEX identities_registered ON identities (kind, idx) WHERE active;

CREATE TABLE checks (
    application_id TEXT NOT NULL REFERENCES applications (id),
    registry TEXT NOT NULL,
    outcome TEXT,                   -- NULL until the registry answered
    asked_ms BIGINT NOT NULL,
    answered_ms BIGINT,
    PRIMARY KEY (application_id, registry)
);

CREATE TABLE mailboxes (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    application_id TEXT NOT NULL UNIQUE REFERENCES applications (id),
    kind TEXT NOT NULL,
    office_index TEXT,              -- the office of a physical box
    registration_number TEXT NOT NULL UNIQUE,
    opened_ms BIGINT NOT NULL
);
CREATE INDEX mailboxes_account ON mailboxes (account_id);
