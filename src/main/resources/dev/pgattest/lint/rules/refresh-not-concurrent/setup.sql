create materialized view sales as select customer_id, sum(total) as total from orders group by customer_id;
create unique index sales_customer on sales (customer_id);
