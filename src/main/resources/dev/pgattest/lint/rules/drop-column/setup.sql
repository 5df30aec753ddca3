create index concurrently orders_status_note on orders (status, note);
