-- Access reset at a counter (REC-4): who did it, who confirmed, and what phone and e-mail there were, for «Это не я».
CREATE TABLE counter_resets (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    document_idx BLOB NOT NULL,     -- keyed hash of the passport that was shown
    asked_by TEXT NOT NULL,         -- no reference: resets outlive accounts of staff
    asked_ms BIGINT NOT NULL,
    second_by TEXT,                 -- never the same
    second_ms BIGINT,
    former BLOB,                    -- sealed: phone and e-mail; NULL once «Это не я» can no longer bring them back
    phone_idx BLOB,
    email_idx BLOB,
    phone_confirmed_ms BIGINT,
    email_confirmed_ms BIGINT,
    undone_ms BIGINT,
    CHECK (second_by <> asked_by)
) WITHOUT ROWID;
CREATE INDEX counter_resets_account ON counter_resets (account_id, asked_ms);
CREATE INDEX counter_resets_document ON counter_resets (document_idx, asked_ms);
CREATE INDEX counter_resets_asked ON counter_resets (asked_ms);

-- By the passport of its profile an account is found at a counter, by nothing else. NULL: not looked at yet; empty: none.
ALTER TABLE accounts ADD COLUMN passport_index BLOB;
CREATE INDEX accounts_passport ON accounts (passport_index);
