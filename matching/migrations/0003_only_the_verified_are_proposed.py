"""The database itself refuses a proposal of a party that no reviewer verified."""

from django.db import migrations

# Whatever writes the row: an action, the admin, a script. Whether the year is over is the
# actions' to say, since the database does not know at which moment they act.
MAKE = """
CREATE FUNCTION matching_only_the_verified_are_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM accounts_party AS party
        WHERE party.id IN (
            (SELECT party_id FROM opportunities_need WHERE id = NEW.need_id),
            (SELECT party_id FROM opportunities_offer WHERE id = NEW.offer_id)
        )
        AND party.status NOT IN ('verified', 'renewal_due')
    ) THEN
        RAISE EXCEPTION 'only verified parties are proposed to each other'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_the_verified_are_proposed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER only_the_verified_are_proposed
    BEFORE INSERT ON matching_match FOR EACH ROW
    WHEN (NEW.status = 'proposed')
    EXECUTE FUNCTION matching_only_the_verified_are_proposed();
"""
UNMAKE = """
DROP TRIGGER only_the_verified_are_proposed ON matching_match;
DROP FUNCTION matching_only_the_verified_are_proposed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0002_match_remembers_its_nudges"),
        ("accounts", "0004_vetting_is_whole"),
        ("opportunities", "0005_reviews_keep_what_was_approved"),
    ]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
