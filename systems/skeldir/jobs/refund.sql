update revenue_ledger
set state = 'refunded',
    updated_at = now()
where tenant_id = :tenant_id
  and order_id = :order_id
  and state = 'captured'
returning id
