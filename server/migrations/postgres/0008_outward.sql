-- What a million applications need, staff's second persons, webhooks, and what a citizen wants to be told how.

-- Searching finds the newest first, in the searcher's places, from the index alone.
ALTER TABLE identities ADD COLUMN at_ms BIGINT NOT NULL DEFAULT 0; -- the submission
ALTER TABLE identities ADD COLUMN region TEXT;
ALTER TABLE identities ADD COLUMN office_index TEXT;
UPDATE identities SET
    at_ms = COALESCE((SELECT a.submitted_ms FROM applications a WHERE a.id = application_id), 0),
    region = (SELECT a.region FROM applications a WHERE a.id = application_id),
    office_index = (SELECT a.office_index FROM applications a WHERE a.id = application_id);
DROP INDEX identities_search;
CREATE INDEX identities_search ON identities (kind, idx, at_ms, application_id, region, office_index);

-- The board counts acts by place without looking at applications.
ALTER TABLE acts ADD COLUMN region TEXT;
ALTER TABLE acts ADD COLUMN office_index TEXT;
UPDATE acts SET
    region = (SELECT a.region FROM applications a WHERE a.id = application_id),
    office_index = (SELECT a.office_index FROM applications a WHERE a.id = application_id);
DROP INDEX acts_at;
CREATE INDEX acts_board ON acts (at_ms, application_id, seq, staff_id, act, region, office_index);
-- A hold that is over for good says nothing any more.
DELETE FROM assignments WHERE application_id IN
    (SELECT id FROM applications WHERE status IN ('approved', 'rejected', 'expired', 'withdrawn'));
CREATE INDEX assignments_until ON assignments (until_ms);
-- What auditors take with them goes by the day it was submitted or decided.
CREATE INDEX applications_submitted ON applications (submitted_ms, id) WHERE submitted_ms IS NOT NULL;
CREATE INDEX journal_at ON journal (at_ms, id);

-- A first password is good for one login; NULL: the next login chooses another.
ALTER TABLE staff ADD COLUMN password_set_ms BIGINT;
UPDATE staff SET password_set_ms = created_ms;
-- A lost authenticator: one asks for a new start, another agrees.
ALTER TABLE staff ADD COLUMN reset_by TEXT;
ALTER TABLE staff ADD COLUMN reset_ms BIGINT;
-- A right in force ends when two want it.
ALTER TABLE staff_grants ADD COLUMN ending_by TEXT;
ALTER TABLE staff_grants ADD COLUMN ending_ms BIGINT;

-- Partners that are told what happens to applications.
CREATE TABLE webhooks (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    secret BYTEA NOT NULL,           -- sealed under the webhook's own data key (a row of persons with the same id)
    events TEXT NOT NULL,           -- JSON: names of events
    created_by TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    failures BIGINT NOT NULL,      -- deliveries given up, one after the other
    disabled_ms BIGINT,            -- by somebody, or by too many failures
    removed_ms BIGINT
);

-- One event for one partner. Never personal data.
CREATE TABLE deliveries (
    id TEXT NOT NULL PRIMARY KEY,   -- the same in every attempt: the receiver drops a second one
    webhook_id TEXT NOT NULL REFERENCES webhooks (id),
    event TEXT NOT NULL,
    body TEXT NOT NULL,             -- as it is sent, byte by byte
    state TEXT NOT NULL,            -- waiting | delivered | failed
    attempts BIGINT NOT NULL,
    answer BIGINT,                 -- the last HTTP status
    problem TEXT,                   -- why there was none: refused, timeout, private_address …
    created_ms BIGINT NOT NULL,
    tried_ms BIGINT
);
CREATE INDEX deliveries_webhook ON deliveries (webhook_id, created_ms);
CREATE INDEX deliveries_created ON deliveries (created_ms);

-- What became of a notice, as far as the provider tells.
ALTER TABLE notices ADD COLUMN delivered_ms BIGINT;
ALTER TABLE notices ADD COLUMN after_ms BIGINT; -- not before: quiet hours
ALTER TABLE notices ADD COLUMN asked_ms BIGINT;        -- when the provider was last asked whether it arrived
CREATE INDEX notices_asked ON notices (asked_ms) WHERE state = 'sent' AND channel = 'sms';

-- How somebody wants to be told (NTF-1…NTF-3); no row: everything, by every channel, at any hour.
CREATE TABLE notice_choices (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    switched_off TEXT NOT NULL,     -- JSON: "kind/channel" that is switched off
    quiet_from BIGINT,             -- hour of the portal's day; NULL: none
    quiet_to BIGINT,
    changed_ms BIGINT NOT NULL
);
