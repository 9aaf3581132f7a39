-- An environment stays while a run writes to it: its journal, and with it what stood there before, would go too. A
-- restricting key on the run would look only after the cascade had taken the run away, so this looks first. For a day: an
-- instance that is gone keeps a run from its end for ever, and nobody from forgetting it.
CREATE FUNCTION keep_running_environment() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  IF EXISTS (
    SELECT FROM journal_runs WHERE tenant_id = OLD.tenant_id AND environment_id = OLD.id
      AND status IN ('running', 'verifying', 'compensating') AND started_at > clock_timestamp() - interval '1 day'
  ) THEN
    RAISE EXCEPTION 'a run writes to this environment' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER keep_running_environment BEFORE DELETE ON environments
  FOR EACH ROW EXECUTE FUNCTION keep_running_environment();
