alter type parcel_state add value 'packed';
