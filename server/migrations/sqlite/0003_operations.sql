-- Work to do later, messages, the journal, files, staff.

-- A job is due, or leased (its due moment is the end of the lease), or failed for good. Done jobs are deleted.
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    payload TEXT NOT NULL,          -- JSON: kind and ids, never personal data
    due_ms BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease TEXT,                     -- whoever holds this token may finish the job
    failed_ms BIGINT
) WITHOUT ROWID;
CREATE INDEX jobs_due ON jobs (due_ms, id) WHERE failed_ms IS NULL;

CREATE TABLE notices (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    application_id TEXT REFERENCES applications (id),
    channel TEXT NOT NULL,          -- sms | email | push
    template TEXT NOT NULL,
    message BLOB NOT NULL,          -- sealed JSON: address, subject, text, code, link
    state TEXT NOT NULL,            -- queued | sent | failed
    dedup_key TEXT NOT NULL UNIQUE, -- a repeated job cannot send twice
    queued_ms BIGINT NOT NULL,
    sent_ms BIGINT,
    provider_id TEXT
);
CREATE INDEX notices_person ON notices (person_id, queued_ms);
CREATE INDEX notices_queued ON notices (queued_ms);

-- Who did what. Codes and ids only.
CREATE TABLE journal (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT,                -- no reference: the journal outlives the account
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX journal_account ON journal (account_id, at_ms);
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE files (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    application_id TEXT REFERENCES applications (id),
    kind TEXT NOT NULL,
    path TEXT NOT NULL,             -- in the object store
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,           -- of the content, before sealing
    created_ms BIGINT NOT NULL
);
CREATE INDEX files_person ON files (person_id);
-- A repeated job makes no second receipt.
CREATE UNIQUE INDEX files_application_kind ON files (application_id, kind);

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    disabled_ms BIGINT
);

-- Single facts about the installation.
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
