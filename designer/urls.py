"""Addresses. Whatever belongs to one design stands below its branch's random id."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from designer.web import (
    api,
    branching,
    design,
    evolving,
    exporting,
    findings,
    help_page,
    history,
    importing,
    inspector,
    jobs,
    normalizing,
    normalizing_play,
    pasting,
    projects,
    proving,
    static_files,
    versions,
)

handler400 = "designer.web.errors.bad_request"
handler403 = "designer.web.errors.forbidden"
handler404 = "designer.web.errors.not_found"
handler500 = "designer.web.errors.server_error"

of_a_branch = [
    path("", design.page, name="design"),
    path("records", api.design, name="api-design"),
    path("changes", api.changes, name="api-changes"),
    path("arrange", api.arrange, name="api-arrange"),
    path("paste", pasting.paste, name="api-paste"),
    path("copy", pasting.copy, name="api-copy"),
    path("findings", findings.listed, name="api-findings"),
    path("findings/fix", findings.fix, name="api-findings-fix"),
    path("arrange/<str:job>", api.arranging, name="api-arranging"),
    path("inspector", inspector.overview, name="inspector-overview"),
    path("inspector/selection", inspector.selection, name="inspector-selection"),
    path("inspector/<str:record>", inspector.show, name="inspector"),
    path("inspector/<str:record>/edit", inspector.edit, name="inspector-edit"),
    path("export", exporting.dialog, name="export"),
    path("export/preview", exporting.preview, name="export-preview"),
    path("export/file", exporting.file, name="export-file"),
    path("export/picture", exporting.picture, name="export-picture"),
    path("export/prove", proving.prove, name="export-prove"),
    path("export/prove/<str:job>", proving.result, name="export-proof"),
    path("normalization", normalizing.states, name="api-normalization"),
    path("normalization/<str:record>", normalizing.panel, name="normalization"),
    path("normalization/<str:record>/edit", normalizing.edit, name="normalization-edit"),
    path("normalization/<str:record>/preview", normalizing.preview, name="normalization-preview"),
    path("normalization/<str:record>/data", normalizing.data, name="normalization-data"),
    path("history", history.page, name="history"),
    path("touched", history.touched, name="api-touched"),
    path("versions", versions.page, name="versions"),
    path("versions/name", versions.name, name="version-name"),
    path("versions/<int:key>/forget", versions.forget, name="version-forget"),
    path("versions/<int:key>/deployed", versions.deployed, name="version-deployed"),
    path("versions/tool", versions.tool, name="versions-tool"),
    path("versions/picture", versions.picture, name="versions-picture"),
    path("versions/prove", evolving.prove, name="versions-prove"),
    path("versions/prove/<str:job>", evolving.result, name="versions-proof"),
    path("versions/file", versions.file, name="versions-file"),
    path("import", importing.dialog, name="import-into"),
    path("branches", branching.page, name="branches"),
    path("branches/create", branching.create, name="branch-create"),
    path("branches/change", branching.change, name="branch-change"),
    path("branches/<str:way>", branching.merge, name="branch-merge"),
]

urlpatterns = [
    path("", projects.index, name="projects"),
    path("projects/new", projects.new, name="project-new"),
    path("projects/samples", projects.from_sample, name="samples"),
    path("projects/samples/<slug:slug>.svg", projects.sample_picture, name="sample-picture"),
    path("projects/<str:public_id>/rename", projects.rename, name="project-rename"),
    path("projects/<str:public_id>/duplicate", projects.duplicate, name="project-duplicate"),
    path("projects/<str:public_id>/delete", projects.delete, name="project-delete"),
    path("projects/<str:public_id>/preview.svg", projects.preview, name="project-preview"),
    path("import", importing.page, name="import"),
    path("import/query", importing.query, name="import-query"),
    path("jobs/<str:public_id>", jobs.show, name="job"),
    path("jobs/<str:public_id>/cancel", jobs.cancel, name="job-cancel"),
    path("d/<str:public_id>/", include(of_a_branch)),
    path("favicon.ico", static_files.icon, name="favicon"),
    path("normalize", normalizing_play.page, name="normalize"),
    path("normalize/analysis", normalizing_play.analysis, name="normalize-analysis"),
    path("normalize/report", normalizing_play.report, name="normalize-report"),
    path("help", help_page.show, name="help"),
    path("login", LoginView.as_view(template_name="registration/login.html"), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
]
