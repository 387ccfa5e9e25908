"""The handlers of everything that is no table and no part of one."""

from __future__ import annotations

from typing import Any

from designer.evolution.handlers import Handler
from designer.evolution.postgres.comments import CommentHandler
from designer.evolution.postgres.composites import CompositeHandler
from designer.evolution.postgres.default_privileges import DefaultPrivilegeHandler
from designer.evolution.postgres.domains import DomainCheckHandler, DomainHandler
from designer.evolution.postgres.enums import EnumHandler
from designer.evolution.postgres.extensions import ExtensionHandler
from designer.evolution.postgres.grants import GrantHandler
from designer.evolution.postgres.kept import StatementHandler
from designer.evolution.postgres.policies import PolicyHandler
from designer.evolution.postgres.publications import PublicationHandler
from designer.evolution.postgres.routines import RoutineHandler
from designer.evolution.postgres.sequences import SequenceHandler
from designer.evolution.postgres.text_search import TextSearchHandler
from designer.evolution.postgres.triggers import TriggerHandler
from designer.evolution.postgres.views import ViewDefaultHandler, ViewHandler

OTHERS: tuple[type[Handler[Any]], ...] = (
    ExtensionHandler, EnumHandler, CompositeHandler, DomainHandler, DomainCheckHandler, SequenceHandler, RoutineHandler,
    ViewHandler, ViewDefaultHandler, TriggerHandler, PolicyHandler, StatementHandler, CommentHandler,
    GrantHandler, DefaultPrivilegeHandler, PublicationHandler, TextSearchHandler,
)  # fmt: skip
"""The families of facts beside tables: types, views, routines, triggers, policies, grants, comments, …"""
