create domain percentage as integer constraint percentage_range check (value between 0 and 100);
