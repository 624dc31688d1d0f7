"""Nothing goes from an invented office to a real one or back: the database refuses such a delivery."""

from django.db import migrations

CREATE = """
CREATE FUNCTION exchange_delivery_stays_in_its_world() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM fresh f
        JOIN organisations_office a ON a.id = f.from_office_id
        JOIN organisations_office b ON b.id = f.to_office_id
        WHERE a.room_id IS DISTINCT FROM b.room_id
    ) THEN
        RAISE EXCEPTION 'a delivery never leaves its room of practice, and never enters one'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER delivery_stays_in_its_world AFTER INSERT ON exchange_delivery
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION exchange_delivery_stays_in_its_world();
"""
DROP = """
DROP TRIGGER delivery_stays_in_its_world ON exchange_delivery;
DROP FUNCTION exchange_delivery_stays_in_its_world();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_recall"),
        ("organisations", "0006_practice_rooms"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
