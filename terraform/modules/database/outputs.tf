output "connection_name" {
  description = "Name of the instance for the Cloud SQL Auth Proxy."
  value       = google_sql_database_instance.this.connection_name
}

output "private_address" {
  description = "Private address of the instance."
  value       = google_sql_database_instance.this.private_ip_address
}

output "users" {
  description = "Names that the accounts have in PostgreSQL, by the names of accounts."
  value       = { for name, user in google_sql_user.accounts : name => user.name }
}
