"""Where the elements of the samples stand: diagram -> name -> (x, y)."""

from __future__ import annotations

SAAS: dict[str, dict[str, tuple[int, int]]] = {
    "Everything": {
        "api_tokens": (368, 344),
        "audit_events": (720, 584),
        "comments": (720, 152),
        "invoices": (712, 888),
        "memberships": (720, 392),
        "plans": (0, 912),
        "post_revisions": (1056, 48),
        "post_tags": (1088, 496),
        "posts": (368, 0),
        "subscriptions": (336, 896),
        "tags": (384, 752),
        "tenants": (8, 544),
        "users": (0, 184),
    },
    "Writing": {
        "comments": (672, 192),
        "post_revisions": (664, 0),
        "post_tags": (704, 440),
        "posts": (336, 160),
        "tags": (360, 448),
        "tenants": (8, 336),
        "users": (0, 48),
    },
    "Tenants and people": {
        "api_tokens": (336, 112),
        "audit_events": (336, 328),
        "memberships": (656, 248),
        "tenants": (8, 0),
        "users": (0, 464),
    },
    "Billing": {
        "invoices": (704, 80),
        "plans": (0, 0),
        "subscriptions": (336, 88),
        "tenants": (0, 192),
    },
}
LIBRARY: dict[str, dict[str, tuple[int, int]]] = {
    "Everything": {
        "authors": (16, 840),
        "branches": (8, 224),
        "copies": (784, 400),
        "editions": (352, 512),
        "fines": (1496, 224),
        "loans": (1200, 216),
        "members": (336, 0),
        "publishers": (0, 528),
        "reservations": (832, 184),
        "staff": (400, 320),
        "work_authors": (416, 784),
        "works": (0, 672),
    },
}
UNIVERSITY: dict[str, tuple[int, int]] = {
    "Department": (0, 0),
    "Course": (1000, 0),
    "Lecturer": (-480, 560),
    "heads": (152, 304),
    "recommends": (480, 280),
    "Textbook": (784, 320),
    "Section": (1280, 560),
    "Room": (1880, 560),
    "meets in": (1608, 552),
    "Person": (-560, 904),
    "Student": (1280, 920),
    "takes": (1624, 768),
}
