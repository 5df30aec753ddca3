create unique index concurrently sales_customer on sales (customer_id);
refresh materialized view concurrently sales;
