output "id" {
  description = "Id of the network."
  value       = google_compute_network.this.id
}

output "subnets" {
  description = "Ids of the subnets, by name."
  value       = { for name, subnet in google_compute_subnetwork.this : name => subnet.id }
}

output "private_services" {
  description = "Id of the peering with Google's services. A database needs it before it is made."
  value       = google_service_networking_connection.services.id
}
