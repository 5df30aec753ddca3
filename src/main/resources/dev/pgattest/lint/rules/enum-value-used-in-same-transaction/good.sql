alter type parcel_state add value 'packed' before 'shipped';
begin;
update parcels set state = 'packed' where id = 1;
commit;
