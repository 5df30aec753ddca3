create table coupons (
    id bigint generated always as identity primary key,
    code text not null constraint code_length check (char_length(code) <= 8)
);
create view codes as select code from coupons;

-- some releases later
alter table coupons
    drop constraint code_length,
    add constraint code_length check (char_length(code) <= 16) not valid;
alter table coupons validate constraint code_length;
