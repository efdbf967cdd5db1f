"""Migrations that a paper's large tables bear while it is being read and written."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex
from django.db.migrations.state import ProjectState

# A build that was broken off leaves an index that serves nobody and bars its name.
INVALID = """
SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = pg_index.indexrelid
WHERE relname = %s AND NOT indisvalid
"""


class AddIndexBeside(AddIndex):
    """Builds an index without stopping writers: CONCURRENTLY on PostgreSQL, plainly on SQLite.

    For migrations with `atomic = False`, which may be run again after they were broken off.
    """

    atomic = False

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._change(app_label, schema_editor, to_state, "add_index")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._change(app_label, schema_editor, from_state, "remove_index")

    def _change(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState, name: str
    ) -> None:
        model: Any = state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        if schema_editor.connection.vendor != "postgresql":
            getattr(schema_editor, name)(model, self.index)
            return
        with schema_editor.connection.cursor() as cursor:
            # It takes its time, and waits for whoever is in the middle of something.
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET lock_timeout = 0")
            try:
                cursor.execute(INVALID, [self.index.name])
                if name == "add_index" and cursor.fetchone():
                    schema_editor.remove_index(model, self.index, concurrently=True)
                getattr(schema_editor, name)(model, self.index, concurrently=True)
            finally:
                cursor.execute("RESET statement_timeout")
                cursor.execute("RESET lock_timeout")
