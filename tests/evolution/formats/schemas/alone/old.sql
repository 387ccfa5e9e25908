CREATE TABLE a (id integer PRIMARY KEY, n integer, c text);
CREATE TABLE b (id integer PRIMARY KEY);
