select explanation, model
from explanation_cache
where tenant_id = :tenant_id
  and entity_type = :entity_type
  and entity_id = :entity_id
  and expires_at > :now
