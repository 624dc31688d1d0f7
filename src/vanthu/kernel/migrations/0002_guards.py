"""What the database itself holds: the hash chain of the ledger, its immutability, counters of participants."""

from django.db import migrations

CHAIN = """
CREATE FUNCTION kernel_ledger_hash(before bytea, l kernel_ledgerentry) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(before || convert_to(jsonb_build_array(
        l.office_id, l.seq, extract(epoch FROM l.at)::text, l.account_id, l.person_id, l.verb, l.item_kind,
        l.item_id, l.fields, encode(l.values_hash, 'hex'))::text, 'UTF8'))
$$;

CREATE FUNCTION kernel_ledger_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head kernel_ledgerhead;
BEGIN
    INSERT INTO kernel_ledgerhead (office_id, seq, hash) VALUES (NEW.office_id, 0, ''::bytea)
        ON CONFLICT (office_id) DO NOTHING;
    SELECT * INTO head FROM kernel_ledgerhead WHERE office_id = NEW.office_id FOR UPDATE;
    NEW.seq := head.seq + 1;
    NEW.hash := kernel_ledger_hash(head.hash, NEW);
    UPDATE kernel_ledgerhead SET seq = NEW.seq, hash = NEW.hash WHERE office_id = NEW.office_id;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_chain BEFORE INSERT ON kernel_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION kernel_ledger_chain();

CREATE FUNCTION kernel_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON kernel_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse();
CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON kernel_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse();
"""

UNCHAIN = """
DROP TRIGGER ledger_no_truncate ON kernel_ledgerentry;
DROP TRIGGER ledger_append_only ON kernel_ledgerentry;
DROP TRIGGER ledger_chain ON kernel_ledgerentry;
DROP FUNCTION kernel_refuse();
DROP FUNCTION kernel_ledger_chain();
DROP FUNCTION kernel_ledger_hash(bytea, kernel_ledgerentry);
"""

COUNT = """
CREATE FUNCTION kernel_count_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kernel_counter (office_id, owner_kind, owner_id, item_kind, state, restricted, n)
        SELECT office_id, owner_kind, owner_id, item_kind, state, restricted, count(*) FROM added GROUP BY 1, 2, 3, 4, 5, 6;
    RETURN NULL;
END $$;
CREATE FUNCTION kernel_count_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kernel_counter (office_id, owner_kind, owner_id, item_kind, state, restricted, n)
        SELECT office_id, owner_kind, owner_id, item_kind, state, restricted, -count(*) FROM removed GROUP BY 1, 2, 3, 4, 5, 6;
    RETURN NULL;
END $$;
CREATE FUNCTION kernel_count_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kernel_counter (office_id, owner_kind, owner_id, item_kind, state, restricted, n)
        SELECT office_id, owner_kind, owner_id, item_kind, state, restricted, sum(d) FROM (
            SELECT office_id, owner_kind, owner_id, item_kind, state, restricted, 1 AS d FROM added
            UNION ALL SELECT office_id, owner_kind, owner_id, item_kind, state, restricted, -1 FROM removed) moved
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(d) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER count_added AFTER INSERT ON kernel_participant REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_count_added();
CREATE TRIGGER count_removed AFTER DELETE ON kernel_participant REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_count_removed();
CREATE TRIGGER count_moved AFTER UPDATE ON kernel_participant REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_count_moved();
"""

UNCOUNT = """
DROP TRIGGER count_added ON kernel_participant;
DROP TRIGGER count_removed ON kernel_participant;
DROP TRIGGER count_moved ON kernel_participant;
DROP FUNCTION kernel_count_added();
DROP FUNCTION kernel_count_removed();
DROP FUNCTION kernel_count_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [migrations.RunSQL(CHAIN, UNCHAIN), migrations.RunSQL(COUNT, UNCOUNT)]
