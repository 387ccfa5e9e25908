-- Verify 20240102_030405_let_people_have_preferences
-- for pg

SELECT added FROM people WHERE 1 = 0;
SELECT plain FROM people WHERE 1 = 0;
SELECT "three""""""quotes" FROM "my app"."say ""hi"" 100% :name" WHERE 1 = 0;
SELECT "%s" FROM "my app"."say ""hi"" 100% :name" WHERE 1 = 0;
SELECT * FROM "my app".orders WHERE 1 = 0;
SELECT * FROM "my app"."both" WHERE 1 = 0;
