begin;
vacuum orders;
commit;
