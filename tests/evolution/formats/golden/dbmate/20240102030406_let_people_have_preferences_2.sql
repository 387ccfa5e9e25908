-- migrate:up transaction:false

ALTER TYPE mood ADD VALUE ':happy; "quoted" \ 100%s';

-- migrate:down transaction:false

SELECT 1;
