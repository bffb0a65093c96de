"""The database itself refuses a message between two who were not introduced."""

from django.db import migrations

# Whatever writes the row: an action, a script. Whether it is still open for words is the
# actions' to say: what was written stays when an introduction ends.
MAKE = """
CREATE FUNCTION engagements_only_the_introduced_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM matching_match AS met
        WHERE met.id = NEW.match_id AND met.status IN ('introduced', 'engaged', 'completed')
    ) THEN
        RAISE EXCEPTION 'only those who were introduced write to each other'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_the_introduced_write';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER only_the_introduced_write
    BEFORE INSERT ON engagements_message FOR EACH ROW
    EXECUTE FUNCTION engagements_only_the_introduced_write();
"""
UNMAKE = """
DROP TRIGGER only_the_introduced_write ON engagements_message;
DROP FUNCTION engagements_only_the_introduced_write();
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0001_messages")]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
