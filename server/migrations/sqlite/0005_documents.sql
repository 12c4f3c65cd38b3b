-- Documents of applications, and uploads on their way to become one. Contents lie in the object store, sealed.

CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,   -- random; names the object too
    account_id TEXT NOT NULL REFERENCES accounts (id),
    application_id TEXT NOT NULL REFERENCES applications (id),
    kind TEXT NOT NULL,             -- passport | snils | inn | address_proof | other
    place BIGINT NOT NULL,          -- the order its owner gave
    name BLOB NOT NULL,             -- sealed: what the file was called on the device
    digest BLOB NOT NULL,           -- keyed hash of what was sent: the same file is not kept twice
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,           -- of the content, before sealing
    pages BIGINT NOT NULL,
    state TEXT NOT NULL,            -- waiting (for the virus scanner) | kept | infected
    added_ms BIGINT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX documents_digest ON documents (application_id, digest);
CREATE INDEX documents_account ON documents (account_id, added_ms);

-- A file that arrives in parts.
CREATE TABLE uploads (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    application_id TEXT NOT NULL REFERENCES applications (id),
    kind TEXT NOT NULL,
    name BLOB NOT NULL,             -- sealed
    size BIGINT NOT NULL,           -- announced
    received BIGINT NOT NULL,
    touched_ms BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX uploads_touched ON uploads (touched_ms);

CREATE TABLE upload_parts (
    upload_id TEXT NOT NULL,
    start BIGINT NOT NULL,
    id TEXT NOT NULL,               -- names the object
    PRIMARY KEY (upload_id, start)
) WITHOUT ROWID;
