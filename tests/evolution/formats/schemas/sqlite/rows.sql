INSERT INTO users (mail, nick, gone) VALUES ('a@x', 'A', 1), ('b@x', NULL, 2);
INSERT INTO "say ""hi"" 100% :name" VALUES (1, 'x', 1), (2, NULL, NULL);
INSERT INTO leaving VALUES (1, 'n');
