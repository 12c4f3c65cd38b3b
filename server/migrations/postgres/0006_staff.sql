-- Staff: rights that two people give, the second factor, sessions; who holds a file, what was decided in which words.

-- The authenticator's secret is sealed under the member's own data key (a row of persons with the same id).
ALTER TABLE staff ADD COLUMN totp_secret BYTEA;
ALTER TABLE staff ADD COLUMN totp_confirmed_ms BIGINT; -- NULL: the next login enrols one
ALTER TABLE staff ADD COLUMN totp_step BIGINT;         -- the last step used; no code of it or before it is taken again

-- A right is proposed by one and takes effect when another confirms it; the database holds to that too.
CREATE TABLE staff_grants (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    role TEXT NOT NULL,
    scope TEXT NOT NULL,            -- everywhere | region:77 | office:101000
    proposed_by TEXT NOT NULL,      -- id of staff, or console
    proposed_ms BIGINT NOT NULL,
    confirmed_by TEXT,              -- id of staff; installation for the very first administrator
    confirmed_ms BIGINT,
    ended_by TEXT,                  -- who took it back or turned it down
    ended_ms BIGINT,
    CHECK (confirmed_by <> proposed_by AND confirmed_by <> staff_id)
);
CREATE INDEX staff_grants_staff ON staff_grants (staff_id);
CREATE UNIQUE INDEX staff_grants_once ON staff_grants (staff_id, role, scope) WHERE ended_ms IS NULL;
-- Accounts there were keep the role they had, everywhere.
INSERT INTO staff_grants (id, staff_id, role, scope, proposed_by, proposed_ms, confirmed_by, confirmed_ms)
    SELECT id, id, role, 'everywhere', 'console', created_ms, 'installation', created_ms FROM staff;
ALTER TABLE staff DROP COLUMN role;

CREATE TABLE staff_codes (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    code_hash BYTEA NOT NULL,        -- keyed hash of a backup code
    used_ms BIGINT,
    PRIMARY KEY (staff_id, code_hash)
);

CREATE TABLE staff_sessions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    stage TEXT NOT NULL,            -- password | open
    created_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    absolute_expires_ms BIGINT NOT NULL,
    label TEXT NOT NULL,
    revoked_ms BIGINT
);
CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id);
CREATE INDEX staff_sessions_expires ON staff_sessions (absolute_expires_ms);

-- Where an application belongs: the office chosen, else the one that serves the registered address. An office is where
-- thousands are served; it names nobody.
ALTER TABLE applications ADD COLUMN office_index TEXT;
ALTER TABLE applications ADD COLUMN region TEXT;       -- two digits
-- Since when a clerk has to look; NULL: the house decides by itself.
ALTER TABLE applications ADD COLUMN referred_ms BIGINT;
-- The clerks' queue is what waits, never all there is.
CREATE INDEX applications_queue ON applications (due_ms, id) WHERE referred_ms IS NOT NULL AND status = 'in_review';
CREATE INDEX applications_queue_region ON applications (region, due_ms, id) WHERE referred_ms IS NOT NULL AND status = 'in_review';
CREATE INDEX applications_queue_office ON applications (office_index, due_ms, id) WHERE referred_ms IS NOT NULL AND status = 'in_review';

-- Who works on a file. A hold ends by itself at until_ms.
CREATE TABLE assignments (
    application_id TEXT NOT NULL PRIMARY KEY REFERENCES applications (id),
    holder TEXT NOT NULL REFERENCES staff (id),
    taken_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL
);
CREATE INDEX assignments_holder ON assignments (holder, until_ms);

-- What a clerk decided, in the words the citizen read. Never changed.
CREATE TABLE acts (
    application_id TEXT NOT NULL REFERENCES applications (id),
    seq BIGINT NOT NULL,            -- the application's version after the act, as in history
    staff_id TEXT NOT NULL,         -- no reference: acts outlive accounts of staff
    act TEXT NOT NULL,              -- approve | ask | refuse
    documents TEXT NOT NULL,        -- JSON: names of documents asked for
    text BYTEA NOT NULL,             -- sealed under the citizen's data key
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (application_id, seq)
);
CREATE INDEX acts_staff ON acts (staff_id, at_ms);
CREATE INDEX acts_at ON acts (at_ms);

-- The answers as they stood when something was asked, so that a clerk sees old beside new.
CREATE TABLE answers_before (
    application_id TEXT NOT NULL REFERENCES applications (id),
    seq BIGINT NOT NULL,            -- the version after the question
    answers BYTEA NOT NULL,          -- sealed field values, JSON
    PRIMARY KEY (application_id, seq)
);

-- What somebody of the staff did, by who did it.
CREATE INDEX journal_actor ON journal (actor, at_ms);
