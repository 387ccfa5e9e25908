INSERT INTO users (mail, nick, "back\slash", gone) VALUES ('a@x', 'A', 'b', 1), ('b@x', NULL, NULL, 2);
INSERT INTO "my app"."say ""hi"" 100% :name" VALUES (1, 'x', 1), (2, NULL, NULL);
INSERT INTO leaving VALUES (1, 'n', 2);
