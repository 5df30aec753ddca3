create index concurrently parcels_waiting on parcels (placed_at) where not shipped;
