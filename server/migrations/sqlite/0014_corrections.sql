-- What names, passport and INN said before their owner corrected them: so long «Это не я» brings it back.
CREATE TABLE profile_changes (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    former BLOB NOT NULL,           -- sealed
    changed_ms BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX profile_changes_account ON profile_changes (account_id);
CREATE INDEX profile_changes_changed ON profile_changes (changed_ms);
