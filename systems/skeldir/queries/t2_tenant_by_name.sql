select id, name
from tenants
where name = :name
