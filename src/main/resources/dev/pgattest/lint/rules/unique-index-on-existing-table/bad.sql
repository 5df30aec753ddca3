create unique index concurrently customers_email on customers (email);
