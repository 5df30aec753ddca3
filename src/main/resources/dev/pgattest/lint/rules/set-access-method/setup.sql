create access method heap_again type table handler heap_tableam_handler;
