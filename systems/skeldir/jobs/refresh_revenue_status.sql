select refresh_revenue_status()
