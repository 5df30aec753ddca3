-- New bookings go into a table that has the constraint from the beginning; the old ones are copied in batches.
create table bookings_apart (
    id bigint primary key,
    during tsrange not null,
    constraint bookings_apart_during exclude using gist (during with &&)
);
