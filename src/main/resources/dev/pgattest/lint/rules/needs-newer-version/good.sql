set statement_timeout = '1min';
select from (select id from orders limit 1) as first;
