ALTER TYPE mood ADD VALUE ':happy; "quoted" \ 100%s';
