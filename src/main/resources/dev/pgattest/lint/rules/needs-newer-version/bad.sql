set transaction_timeout = '1min';
select from (select id from orders limit 1);
