-- The municipalities or districts that a unit was in before, and till when: JSON, empty where none.
ALTER TABLE units ADD COLUMN was TEXT NOT NULL DEFAULT '';
