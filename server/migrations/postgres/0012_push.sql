-- The clock of appeals.

-- The date an author was told of when the term was missed; NULL: due_ms is the term.
ALTER TABLE appeals ADD COLUMN promised_ms BIGINT;
