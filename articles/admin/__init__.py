"""The newsroom's admin: articles, photographs, and the paper's furniture."""

from articles.admin.article import ArticleAdmin
from articles.admin.paper import DeskAssignmentAdmin, ReporterAdmin, SectionAdmin, SeriesAdmin
from articles.admin.photo import PhotoAdmin

__all__ = [
    "ArticleAdmin",
    "DeskAssignmentAdmin",
    "PhotoAdmin",
    "ReporterAdmin",
    "SectionAdmin",
    "SeriesAdmin",
]
