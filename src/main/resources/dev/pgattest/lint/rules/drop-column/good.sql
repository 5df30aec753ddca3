comment on column orders.note is 'no program of release 12 names it; to be dropped in release 13';
