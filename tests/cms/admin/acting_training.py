"""What people do with trainer's notes, teachers and teaching points."""

from cms.models import Teacher, TeachingPoint
from tests.cms.admin.acting import ACTIONS, Actor, action
from tests.cms.training import building

__all__ = ["ACTIONS"]


@action("read a trainer's notes")
def read_notes(actor: Actor) -> bool:
    course = building.course(building.curriculum())
    lesson = building.lesson(course, trainer_notes=building.notes())
    answer = actor.get("training_notes", lesson.pk)
    return bool(answer.status_code == 200 and building.NOTE in answer.text)


@action("edit a teacher")
def edit_teacher(actor: Actor) -> bool:
    one = Teacher.objects.create(name="某甲")
    sent = {"name": "某乙", "has_consent": "on", "is_shown": "on"}
    actor.post("teachers:edit", one.pk, **sent)
    return Teacher.objects.filter(pk=one.pk, name="某乙", is_shown=True).exists()


@action("delete a teacher")
def delete_teacher(actor: Actor) -> bool:
    one = Teacher.objects.create(name="某甲")
    actor.post("teachers:delete", one.pk)
    return not Teacher.objects.exists()


@action("edit a teaching point")
def edit_point(actor: Actor) -> bool:
    one = TeachingPoint.objects.create(name="某处", place="某县")
    actor.post("teaching-points:edit", one.pk, name="某处", place="另一县")
    return TeachingPoint.objects.filter(pk=one.pk, place="另一县").exists()


@action("delete a teaching point")
def delete_point(actor: Actor) -> bool:
    one = TeachingPoint.objects.create(name="某处", place="某县")
    actor.post("teaching-points:delete", one.pk)
    return not TeachingPoint.objects.exists()
