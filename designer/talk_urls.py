"""Addresses of comments and notices."""

from __future__ import annotations

from django.urls import include, path

from designer.web import notices, talk

of_a_branch = [
    path("talk", talk.listed, name="api-talk"),
    path("talk/people", talk.people, name="api-talk-people"),
    path("talk/new", talk.new, name="talk-new"),
    path("talk/say", talk.say, name="talk-say"),
    path("talk/apply", talk.apply_many, name="talk-apply"),
    path("talk/<int:key>", talk.thread, name="talk-thread"),
    path("talk/<int:key>/act", talk.act, name="talk-act"),
]

urlpatterns = [
    path("d/<str:public_id>/", include(of_a_branch)),
    path("notices", notices.page, name="notices"),
    path("notices/count", notices.count, name="notices-count"),
]
