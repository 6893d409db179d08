"""A data package becomes a programme's event with all of its ideas, in one commit."""

from zoneinfo import ZoneInfo

from app import clock
from app.core.packages import EventState, Package, ProjectState, Record, parse_moment, write_package
from app.core.policy import Actor
from app.db import transaction
from app.domain.ideas import queries as idea_queries
from app.domain.ideas import service as ideas
from app.domain.ideas.inputs import IdeaInput
from app.domain.programmes import queries as programme_queries
from app.domain.programmes import service as programmes
from app.domain.programmes.inputs import EventInput
from app.domain.programmes.queries import EventView
from app.errors import Missing

# What an import found at the top of the package, and the event's own record.
_METADATA = "package"
_RECORD = "event"


def import_event(
    actor: Actor,
    package: Package,
    zone: ZoneInfo,
    *,
    programme_slug: str | None,
    is_published: bool = True,
) -> str:
    """Store an event and all of its ideas; return its slug.

    Without a programme it gets one of its own with its name. Raises Denied and Missing.
    """
    with transaction():
        programme_id = _programme(actor, package, programme_slug, is_published=is_published)
        event = package.event
        event_id = programmes.create_event(
            actor,
            programme_id,
            EventInput(
                name=event.name,
                starts_at=event.starts_at,
                ends_at=event.ends_at,
                summary=event.summary,
                description=event.description,
                place=event.place,
                timezone=zone.key,
                imported={_METADATA: package.metadata, _RECORD: event.record},
            ),
        )
        for project in package.projects:
            ideas.import_idea(
                event_id,
                IdeaInput(title=project.title, summary=project.summary, body=project.body),
                imported=project.record,
                created_at=parse_moment(project.record.get("created_at"), zone),
            )
        if is_published:
            programmes.publish_event(actor, event_id)
        stored = programme_queries.find_event_by_id(event_id)
        if stored is None:
            raise Missing(str(event_id))
        return stored.slug


def _programme(actor: Actor, package: Package, slug: str | None, *, is_published: bool) -> int:
    if slug is not None:
        found = programme_queries.find_programme(slug)
        if found is None:
            raise Missing(slug)
        return found.id
    programme_id = programmes.create_programme(
        actor, package.event.name, summary=package.event.summary
    )
    if is_published:
        programmes.publish_programme(actor, programme_id)
    return programme_id


def export_event(event: EventView) -> Record:
    """Return an event with its visible ideas as a data package."""
    imported = programme_queries.find_imported_event(event.id) or {}
    state = EventState(
        name=event.name,
        summary=event.summary,
        description=event.description,
        place=event.place,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        record=imported.get(_RECORD),
        metadata=imported.get(_METADATA),
    )
    projects = [
        ProjectState(
            title=idea.title,
            summary=idea.summary,
            body=idea.body,
            created_at=idea.created_at,
            updated_at=idea.updated_at,
            record=idea.imported,
        )
        for idea in idea_queries.list_idea_records(event.id)
    ]
    zone = ZoneInfo(event.timezone)
    return write_package(state, projects, zone, slug=event.slug, now=clock.now())
