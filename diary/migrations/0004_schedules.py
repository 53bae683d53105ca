from django.db import migrations

# What is done again and again: by name, the task, how often ("I": every so many minutes, "D": daily).
SCHEDULES = {
    "refresh_left": ("diary.tasks.refresh_left", "I", 1),
    "clean_up": ("diary.tasks.clean_up", "D", None),
}


def schedule(apps, schema_editor):
    for name, (func, kind, minutes) in SCHEDULES.items():
        apps.get_model("django_q", "Schedule").objects.update_or_create(
            name=name, defaults={"func": func, "schedule_type": kind, "minutes": minutes}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("diary", "0003_sharing"),
        ("django_q", "0018_task_success_index"),
    ]

    operations = [migrations.RunPython(schedule, migrations.RunPython.noop)]
