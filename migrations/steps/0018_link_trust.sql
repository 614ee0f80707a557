-- What the configuration said of the system's NHS numbers (trust_nhs_numbers) when it was
-- last judged what it knows of the person: under another word it is judged anew.
ALTER TABLE patient_registration ADD COLUMN trust TEXT NOT NULL DEFAULT '';
