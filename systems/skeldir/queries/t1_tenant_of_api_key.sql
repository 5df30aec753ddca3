select id
from tenants
where api_key_hash = :api_key_hash
