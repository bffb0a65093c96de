"""The clock asks only for tasks that exist."""

from django.conf import settings

from alongside import celery_app


def test_every_scheduled_task_is_known_to_the_worker():
    celery_app.loader.import_default_modules()

    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled - set(celery_app.tasks) == set()


def test_messages_carry_no_results_and_survive_a_killed_worker():
    assert celery_app.conf.result_backend in {None, "disabled://"}
    assert celery_app.conf.task_ignore_result is True
    assert celery_app.conf.task_acks_late is True
    assert celery_app.conf.task_reject_on_worker_lost is True
    assert celery_app.conf.broker_connection_max_retries is None
