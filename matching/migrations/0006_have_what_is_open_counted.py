"""Postings that were open before outlooks were counted are due now, like any that change."""

from django.db import migrations

MAKE = """
INSERT INTO matching_outlook (need_id, due_at, revision, counts)
SELECT id, now(), 0, '{}' FROM opportunities_need WHERE status = 'open'
ON CONFLICT DO NOTHING;
INSERT INTO matching_outlook (offer_id, due_at, revision, counts)
SELECT id, now(), 0, '{}' FROM opportunities_offer WHERE status = 'active'
ON CONFLICT DO NOTHING;
"""
UNDO = "DELETE FROM matching_outlook;"


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0005_outlook"),
    ]

    operations = [migrations.RunSQL(MAKE, UNDO)]
