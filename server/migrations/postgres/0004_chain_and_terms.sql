-- The journal becomes a chain per account, and what ends by itself is found quickly.

-- Rows of one account are numbered without gaps; each hash covers the row and the hash before it.
-- NULL: written before there were chains.
ALTER TABLE journal ADD COLUMN chain TEXT;
ALTER TABLE journal ADD COLUMN seq BIGINT;
ALTER TABLE journal ADD COLUMN hash BYTEA;
-- Two rows cannot take one place: the database decides.
CREATE UNIQUE INDEX journal_chain ON journal (chain, seq);
INSERT INTO meta (key, value) SELECT 'journal_unchained', CAST(COUNT(*) AS TEXT) FROM journal;

-- The end of each chain: whoever appends takes this row first, so that appends to one chain take turns.
CREATE TABLE journal_heads (
    chain TEXT NOT NULL PRIMARY KEY, -- the account, or empty for what concerns none
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL              -- SHA-256
);

CREATE INDEX consents_withdrawn ON consents (withdrawn_ms) WHERE withdrawn_ms IS NOT NULL;
CREATE INDEX accounts_unconfirmed ON accounts (created_ms) WHERE level <> 'confirmed';
CREATE INDEX applications_unsent ON applications (saved_ms) WHERE number IS NULL;
CREATE INDEX applications_closed ON applications (saved_ms)
    WHERE status IN ('rejected', 'expired', 'withdrawn') AND length(answers) > 0;
CREATE INDEX notices_codes ON notices (queued_ms) WHERE template IN ('sign_up_code', 'login_code');
