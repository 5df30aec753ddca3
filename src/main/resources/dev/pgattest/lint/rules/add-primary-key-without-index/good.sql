create unique index concurrently visits_pkey on visits (id);
set lock_timeout = '2s';
alter table visits add constraint visits_pkey primary key using index visits_pkey;
