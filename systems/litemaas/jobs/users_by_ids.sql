select id, username, email, role
from users
where id = any (:id::text[])
