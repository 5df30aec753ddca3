create function shout() returns trigger language plpgsql as $$ begin new.note := upper(new.note); return new; end $$;
