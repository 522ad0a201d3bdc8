mock_provider "google" {}

variables {
  project_id = "demo-project"
  name       = "platform"
  region     = "europe-west3"
  subnets = {
    management = { nodes = "10.10.0.0/22", pods = "10.16.0.0/16", services = "10.10.16.0/20" }
    workload   = { nodes = "10.20.0.0/20", pods = "10.32.0.0/13", services = "10.20.16.0/20" }
  }
}

run "makes_no_subnet_by_itself" {
  command = plan

  assert {
    condition     = google_compute_network.this.auto_create_subnetworks == false
    error_message = "The network has only the subnets that are named."
  }

  assert {
    condition     = toset(keys(google_compute_subnetwork.this)) == toset(["management", "workload"])
    error_message = "There is one subnet for each entry."
  }
}

run "lets_nodes_without_public_addresses_out" {
  command = plan

  assert {
    condition     = alltrue([for subnet in google_compute_subnetwork.this : subnet.private_ip_google_access])
    error_message = "Nodes reach Google's APIs privately."
  }

  assert {
    condition     = google_compute_router_nat.this.source_subnetwork_ip_ranges_to_nat == "ALL_SUBNETWORKS_ALL_IP_RANGES"
    error_message = "Nodes and pods reach the internet through NAT."
  }
}

run "names_the_ranges_of_pods_and_services" {
  command = plan

  assert {
    condition     = [for range in google_compute_subnetwork.this["workload"].secondary_ip_range : range.range_name] == ["pods", "services"]
    error_message = "The cluster module expects ranges called pods and services."
  }
}

run "refuses_a_range_that_is_none" {
  command = plan

  variables {
    subnets = { workload = { nodes = "10.20.0.0", pods = "10.32.0.0/13", services = "10.20.16.0/20" } }
  }

  expect_failures = [var.subnets]
}

run "refuses_a_range_that_is_used_twice" {
  command = plan

  variables {
    subnets = { workload = { nodes = "10.20.0.0/20", pods = "10.20.0.0/20", services = "10.20.16.0/20" } }
  }

  expect_failures = [var.subnets]
}

run "refuses_a_name_that_google_cloud_would" {
  command = plan

  variables {
    name = "My_Network"
  }

  expect_failures = [var.name]
}

run "keeps_database_addresses_inside_the_network" {
  command = plan

  assert {
    condition     = google_compute_global_address.services.address_type == "INTERNAL" && google_service_networking_connection.services.service == "servicenetworking.googleapis.com"
    error_message = "Google's services get private addresses."
  }
}

run "records_what_flows" {
  command = plan

  assert {
    condition     = alltrue([for subnet in google_compute_subnetwork.this : subnet.log_config[0].metadata == "INCLUDE_ALL_METADATA"])
    error_message = "A sample of the traffic is logged."
  }
}
