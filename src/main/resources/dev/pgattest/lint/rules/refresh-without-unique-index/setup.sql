create materialized view sales as select customer_id, sum(total) as total from orders group by customer_id;
create index sales_total on sales (total);
