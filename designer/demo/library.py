"""A public library with branches, loans and fines, as MariaDB tables."""

from __future__ import annotations

from designer.demo.tables import Tables

TABLES = Tables(
    dialect="mariadb",
    tables={
        "branches": (
            "A building where books stand and are lent.",
            """
            branch_id    bigint  pk
            code         varchar(10)  unique
            branch_name  varchar(80)
            city         varchar(80)
            opened_on    date  null
            """,
        ),
        "members": (
            "A person with a library card.",
            """
            member_id    bigint  pk
            card_no      varchar(16)  unique                -- As printed on the card.
            full_name    varchar(120)
            email        varchar(190)  null unique
            phone        varchar(30)  null
            born_on      date  null
            home_branch_id bigint  -> branches.branch_id restrict
            member_type  enum('adult','child','student','senior') = 'adult'
            joined_on    date
            expires_on   date                               -- The card is valid up to this day.
            """,
        ),
        "publishers": (
            "A house that publishes books.",
            """
            publisher_id bigint  pk
            publisher_name varchar(160)  unique
            country      char(2)  null                      -- ISO 3166-1 alpha-2.
            """,
        ),
        "authors": (
            "Somebody who wrote a book.",
            """
            author_id    bigint  pk
            full_name    varchar(160)
            sort_name    varchar(160)                       -- As on the shelf: Austen, Jane.
            born_in      smallint  null
            """,
        ),
        "works": (
            "A text, whatever its editions.",
            """
            work_id      bigint  pk
            title        varchar(255)
            language     char(2)                            -- ISO 639-1.
            first_published smallint  null
            """,
        ),
        "work_authors": (
            "Who wrote a work, in the order of the title page.",
            """
            work_id      bigint  pk -> works.work_id cascade
            author_id    bigint  pk -> authors.author_id restrict
            position     smallint = 1
            """,
        ),
        "editions": (
            "A work as it was printed once.",
            """
            edition_id   bigint  pk
            work_id      bigint  -> works.work_id restrict
            publisher_id bigint  null -> publishers.publisher_id set null
            isbn         char(13)  null unique
            published_in smallint  null
            pages        int  null
            medium       enum('book','audiobook','ebook') = 'book'
            """,
        ),
        "copies": (
            "One book on one shelf, with a barcode.",
            """
            copy_id      bigint  pk
            edition_id   bigint  -> editions.edition_id restrict
            branch_id    bigint  -> branches.branch_id restrict
            barcode      varchar(20)  unique
            shelf_mark   varchar(30)
            state        enum('available','lent','in_repair','lost') = 'available'
            acquired_on  date
            price        decimal(8,2)  null
            """,
        ),
        "loans": (
            "A copy in the hands of a member.",
            """
            loan_id      bigint  pk
            copy_id      bigint  -> copies.copy_id restrict
            member_id    bigint  -> members.member_id restrict
            lent_at      datetime = current_timestamp()
            due_on       date
            returned_at  datetime  null                     -- None while the member has it.
            renewals     smallint = 0
            """,
        ),
        "reservations": (
            "A member waits for any copy of an edition.",
            """
            reservation_id bigint  pk
            edition_id   bigint  -> editions.edition_id cascade
            member_id    bigint  -> members.member_id cascade
            pickup_branch_id bigint  -> branches.branch_id restrict
            reserved_at  datetime = current_timestamp()
            ready_at     datetime  null
            """,
        ),
        "fines": (
            "What a member owes for a loan that came back late, or not at all.",
            """
            fine_id      bigint  pk
            loan_id      bigint  -> loans.loan_id restrict
            reason       enum('late','damaged','lost')
            amount       decimal(8,2)
            raised_on    date
            paid_on      date  null
            """,
        ),
        "staff": (
            "Somebody who works in a branch.",
            """
            staff_id     bigint  pk
            branch_id    bigint  -> branches.branch_id restrict
            manager_id   bigint  null -> staff.staff_id set null
            full_name    varchar(120)
            email        varchar(190)  unique
            """,
        ),
    },
    checks={
        "members": (("chk_members_expires_on", "expires_on > joined_on"),),
        "loans": (("chk_loans_renewals", "renewals BETWEEN 0 AND 5"),),
        "fines": (("chk_fines_amount", "amount > 0"),),
    },
    indexes={
        "loans": (("idx_loans_open", ("member_id", "returned_at"), ""), ("idx_loans_due_on", ("due_on",), "")),
        "works": (("idx_works_title", ("title",), ""),),
        "authors": (("idx_authors_sort_name", ("sort_name",), ""),),
        "copies": (("idx_copies_branch_id", ("branch_id", "state"), ""),),
    },
    personal={
        "members": {"full_name": "name", "email": "email", "phone": "phone", "born_on": "birthday"},
        "staff": {"full_name": "name", "email": "email"},
    },
)
