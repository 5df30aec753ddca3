set lock_timeout = '2s';
drop table daily_user_usage;
