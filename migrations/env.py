"""Alembic runs here: inside the application's context, on its engine."""

from alembic import context
from flask import current_app

from app.db import Base, db


def run_migrations() -> None:
    """Run the migrations of all pending revisions, each in one transaction."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Batch operations rebuild tables; foreign keys are checked again afterwards.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
            **{
                key: value
                for key, value in current_app.extensions["migrate"].configure_args.items()
                if key not in {"render_as_batch", "compare_type"}
            },
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows without their parent after the migration: {broken[:5]}")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    raise RuntimeError("Cojam's migrations run on a database, not into a file")
run_migrations()
