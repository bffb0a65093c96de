"""The database itself refuses to change the audit, but for the sealing of a row, once."""

from django.db import migrations

STAND = """
CREATE FUNCTION trail_audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.position IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
       AND to_jsonb(NEW) - 'position' - 'hash' = to_jsonb(OLD) - 'position' - 'hash' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_stands BEFORE INSERT OR UPDATE OR DELETE ON trail_audit
    FOR EACH ROW EXECUTE FUNCTION trail_audit_stands();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON trail_audit
    FOR EACH STATEMENT EXECUTE FUNCTION trail_audit_stands();
"""
LET_GO = """
DROP TRIGGER audit_stands ON trail_audit;
DROP TRIGGER audit_is_not_emptied ON trail_audit;
DROP FUNCTION trail_audit_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('trail', '0005_audit_is_a_chain'),
    ]

    operations = [migrations.RunSQL(STAND, LET_GO)]
