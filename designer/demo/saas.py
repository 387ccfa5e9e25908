"""A team blog that many companies rent: what a tenant writes, who may do so, and what it pays."""

from __future__ import annotations

from designer.demo.tables import Tables

TABLES = Tables(
    dialect="postgresql",
    tables={
        "tenants": (
            "A company that rents the service; everything else belongs to one.",
            """
            tenant_id    bigint  pk
            slug         varchar(63)  unique                -- The name in the address: slug.example.com.
            display_name text
            region       data_region  = 'eu'                -- Where its rows are stored; cannot be changed later.
            created_at   timestamptz  = now()
            suspended_at timestamptz  null
            """,
        ),
        "plans": (
            "What is sold, at which price.",
            """
            plan_id      bigint  pk
            code         varchar(30)  unique
            display_name text
            monthly_fee  numeric(10,2)
            most_seats   integer  null                      -- None: as many as they like.
            """,
        ),
        "subscriptions": (
            "Which plan a tenant has, and since when.",
            """
            subscription_id bigint  pk
            tenant_id    bigint  -> tenants.tenant_id cascade
            plan_id      bigint  -> plans.plan_id restrict
            status       subscription_status = 'trial'
            starts_on    date
            ends_on      date  null
            """,
        ),
        "invoices": (
            "What a tenant owes for one period.",
            """
            invoice_id   bigint  pk
            subscription_id bigint  -> subscriptions.subscription_id restrict
            invoice_no   varchar(20)  unique
            amount       numeric(10,2)
            currency     char(3)  = 'EUR'                   -- ISO 4217.
            issued_on    date
            paid_at      timestamptz  null
            """,
        ),
        "users": (
            "A person who can sign in, to one tenant or several.",
            """
            user_id      bigint  pk
            email        text    unique
            full_name    text
            password_hash text   null                       -- None where the tenant signs in with SSO.
            last_seen_at timestamptz  null
            created_at   timestamptz  = now()
            """,
        ),
        "memberships": (
            "A person in a tenant, with what he may do there.",
            """
            tenant_id    bigint  pk -> tenants.tenant_id cascade
            user_id      bigint  pk -> users.user_id cascade
            role         member_role = 'author'
            invited_by   bigint  null -> users.user_id set null
            joined_at    timestamptz  = now()
            """,
        ),
        "api_tokens": (
            "A key for programs; only its hash is kept.",
            """
            token_id     bigint  pk
            tenant_id    bigint  -> tenants.tenant_id cascade
            created_by   bigint  -> users.user_id cascade
            token_hash   char(64)  unique
            label        text
            expires_at   timestamptz  null
            """,
        ),
        "posts": (
            "An article of a blog.",
            """
            post_id      bigint  pk
            tenant_id    bigint  -> tenants.tenant_id cascade
            author_id    bigint  -> users.user_id restrict
            slug         varchar(120)
            title        text
            body         text
            status       post_status = 'draft'
            published_at timestamptz  null
            created_at   timestamptz  = now()
            """,
        ),
        "post_revisions": (
            "A post as it once was.",
            """
            post_id      bigint  pk -> posts.post_id cascade
            revision_no  integer pk
            edited_by    bigint  null -> users.user_id set null
            body         text
            created_at   timestamptz  = now()
            """,
        ),
        "tags": (
            "A word that posts are found by.",
            """
            tag_id       bigint  pk
            tenant_id    bigint  -> tenants.tenant_id cascade
            label        varchar(60)
            """,
        ),
        "post_tags": (
            "Which tags a post has.",
            """
            post_id      bigint  pk -> posts.post_id cascade
            tag_id       bigint  pk -> tags.tag_id cascade
            """,
        ),
        "comments": (
            "What a reader says about a post, or about another comment.",
            """
            comment_id   bigint  pk
            post_id      bigint  -> posts.post_id cascade
            parent_id    bigint  null -> comments.comment_id cascade    -- The comment that this one answers.
            user_id      bigint  null -> users.user_id set null
            body         text
            is_spam      boolean = false
            created_at   timestamptz  = now()
            """,
        ),
        "audit_events": (
            "Who did what, for the tenant's own audit.",
            """
            event_id     bigint  pk
            tenant_id    bigint  -> tenants.tenant_id cascade
            actor_id     bigint  null -> users.user_id set null
            action       varchar(60)
            details      jsonb  null
            ip_address   inet  null
            occurred_at  timestamptz  = now()
            """,
        ),
    },
    enums={
        "data_region": ("eu", "us", "ap"),
        "subscription_status": ("trial", "active", "past_due", "cancelled"),
        "member_role": ("owner", "editor", "author", "reader"),
        "post_status": ("draft", "in_review", "published", "archived"),
    },
    checks={
        "plans": (("chk_plans_monthly_fee", "monthly_fee >= 0"),),
        "subscriptions": (("chk_subscriptions_period", "ends_on IS NULL OR ends_on > starts_on"),),
        "posts": (("chk_posts_published_at", "status <> 'published' OR published_at IS NOT NULL"),),
    },
    indexes={
        "subscriptions": (
            ("idx_subscriptions_tenant_id", ("tenant_id",), ""),
            ("idx_subscriptions_plan_id", ("plan_id",), ""),
        ),
        "invoices": (
            ("idx_invoices_subscription_id", ("subscription_id",), ""),
            ("idx_invoices_unpaid", ("issued_on",), "paid_at IS NULL"),
        ),
        "memberships": (("idx_memberships_user_id", ("user_id",), ""),),
        "api_tokens": (("idx_api_tokens_tenant_id", ("tenant_id",), ""),),
        "posts": (
            ("idx_posts_tenant_id_slug", ("tenant_id", "slug"), ""),
            ("idx_posts_author_id", ("author_id",), ""),
            ("idx_posts_front_page", ("tenant_id", "published_at"), "status = 'published'"),
        ),
        "tags": (("idx_tags_tenant_id_label", ("tenant_id", "label"), ""),),
        "post_tags": (("idx_post_tags_tag_id", ("tag_id",), ""),),
        "comments": (
            ("idx_comments_post_id", ("post_id", "created_at"), ""),
            ("idx_comments_parent_id", ("parent_id",), ""),
        ),
        "audit_events": (("idx_audit_events_tenant_id", ("tenant_id", "occurred_at"), ""),),
    },
    personal={
        "users": {"email": "email", "full_name": "name", "last_seen_at": "behaviour"},
        "comments": {"body": "free text"},
        "audit_events": {"ip_address": "ip address", "details": "free text"},
    },
)
