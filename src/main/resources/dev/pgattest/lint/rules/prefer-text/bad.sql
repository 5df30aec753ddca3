create table coupons (
    id bigint generated always as identity primary key,
    code varchar(8) not null
);
create view codes as select code from coupons;

-- some releases later
alter table coupons alter column code type varchar(16);
