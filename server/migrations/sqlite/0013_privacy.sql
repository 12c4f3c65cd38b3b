-- Objects of the store that no row names, or none yet: written before an object is put and by whoever deletes its row.
CREATE TABLE litter (
    id TEXT NOT NULL PRIMARY KEY,   -- names the object
    due_ms BIGINT NOT NULL,         -- from then on it is deleted; before, the row that is to name it may still come
    tries BIGINT NOT NULL           -- deletions that failed
) WITHOUT ROWID;
CREATE INDEX litter_due ON litter (due_ms);

-- An e-mail finds an account from its confirmation on; one that was only claimed keeps nobody from proving it.
UPDATE accounts SET email_index = NULL WHERE email_confirmed_ms IS NULL;

-- An approved application keeps its answers, which serve the mailbox; what led to the decision goes after a month.
ALTER TABLE applications ADD COLUMN trimmed_ms BIGINT;
CREATE INDEX applications_approved ON applications (saved_ms) WHERE status = 'approved' AND trimmed_ms IS NULL;

-- Whom somebody has invited is part of what is held about them.
CREATE INDEX mailbox_members_invited_by ON mailbox_members (invited_by);
