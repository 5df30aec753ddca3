create index concurrently parcels_shipped on parcels (shipped);
