create type parcel_state as enum ('new', 'shipped');
create table parcels (id bigint primary key, state parcel_state not null default 'new');
