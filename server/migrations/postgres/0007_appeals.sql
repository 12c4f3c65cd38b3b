-- Appeals against refusals, members of corporate mailboxes, applications filed anew, and who a clerk is as a citizen.

-- Of a refused application one begins again with its answers: which one it was.
ALTER TABLE applications ADD COLUMN filed_after TEXT;

CREATE TABLE appeals (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    refusal_seq BIGINT NOT NULL,    -- the refusal's row in history
    refused_by TEXT,                -- id of staff; NULL: the house refused by itself
    status TEXT NOT NULL,           -- submitted | taken | upheld | dismissed | withdrawn
    version BIGINT NOT NULL,
    grounds BYTEA NOT NULL,          -- sealed: why the author disagrees
    answer BYTEA,                    -- sealed: the clerk's words of the decision
    clerk TEXT,                     -- who has taken or decided it
    filed_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    -- Nobody judges their own refusal: the database holds to that too.
    CHECK (clerk <> refused_by)
);
-- A refusal is appealed once: of two forms sent at the same moment the database lets one through.
CREATE UNIQUE INDEX appeals_once ON appeals (application_id, refusal_seq);
CREATE INDEX appeals_queue ON appeals (due_ms, application_id) WHERE status IN ('submitted', 'taken');

-- Every move of an appeal. Never changed.
CREATE TABLE appeal_moves (
    appeal_id TEXT NOT NULL REFERENCES appeals (id),
    seq BIGINT NOT NULL,            -- the appeal's version after the move
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,            -- citizen | staff:<id>
    status TEXT NOT NULL,
    PRIMARY KEY (appeal_id, seq)
);

-- Who else uses a corporate mailbox; its owner is mailboxes.account_id.
CREATE TABLE mailbox_members (
    id TEXT NOT NULL PRIMARY KEY,
    mailbox_id TEXT NOT NULL REFERENCES mailboxes (id),
    contact_index BYTEA NOT NULL,    -- blind index of the phone or e-mail that was invited
    contact BYTEA NOT NULL,          -- the same, sealed under the inviter's key
    role TEXT NOT NULL,             -- sender | reader
    invited_by TEXT NOT NULL REFERENCES accounts (id),
    invited_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL,       -- an invitation that is not accepted ends by itself
    account_id TEXT REFERENCES accounts (id), -- NULL until accepted
    accepted_ms BIGINT,
    ended_ms BIGINT
);
-- One invitation or membership a contact, and one membership a person.
CREATE UNIQUE INDEX mailbox_members_contact ON mailbox_members (mailbox_id, contact_index) WHERE ended_ms IS NULL;
CREATE UNIQUE INDEX mailbox_members_account ON mailbox_members (mailbox_id, account_id) WHERE ended_ms IS NULL;
CREATE INDEX mailbox_members_invited ON mailbox_members (contact_index) WHERE ended_ms IS NULL AND account_id IS NULL;
CREATE INDEX mailbox_members_of ON mailbox_members (account_id) WHERE ended_ms IS NULL;

-- Who a member of staff is as a citizen: blind indexes only, by which their own applications are kept from them.
CREATE TABLE staff_identities (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,             -- snils | phone, as in identities
    idx BYTEA NOT NULL,
    PRIMARY KEY (staff_id, kind)
);
