create schema reports;
create table reports.daily (day date primary key, total numeric(12, 2) not null);
