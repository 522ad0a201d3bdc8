mock_provider "google" {}

variables {
  project_id = "demo-project"
  name       = "workload"
  location   = "europe-west3"
  network    = "projects/demo-project/global/networks/platform"
  subnetwork = "projects/demo-project/regions/europe-west3/subnetworks/platform-workload"
}

run "is_private_and_protected_by_default" {
  command = plan

  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_nodes && google_container_cluster.this.private_cluster_config[0].enable_private_endpoint
    error_message = "Nodes and endpoint are private."
  }

  assert {
    condition     = google_container_cluster.this.control_plane_endpoints_config[0].ip_endpoints_config[0].enabled == false
    error_message = "Nobody reaches the API server by its IP address."
  }

  assert {
    condition     = length(google_container_cluster.this.master_authorized_networks_config) == 0
    error_message = "No network is authorised."
  }

  assert {
    condition     = google_container_cluster.this.deletion_protection
    error_message = "Terraform refuses to delete the cluster."
  }
}

run "uses_dataplane_v2_workload_identity_and_shielded_nodes" {
  command = plan

  assert {
    condition     = google_container_cluster.this.datapath_provider == "ADVANCED_DATAPATH"
    error_message = "Dataplane V2 enforces network policies."
  }

  assert {
    condition     = google_container_cluster.this.workload_identity_config[0].workload_pool == "demo-project.svc.id.goog"
    error_message = "Pods act as accounts without keys."
  }

  assert {
    condition     = google_container_cluster.this.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"
    error_message = "Pods can't read the node's credentials."
  }

  assert {
    condition     = google_container_cluster.this.enable_shielded_nodes
    error_message = "Nodes are shielded."
  }
}

run "gives_nodes_an_account_with_the_least_rights" {
  command = plan

  assert {
    condition     = google_service_account.nodes.account_id == "workload-nodes"
    error_message = "Nodes have an account of their own."
  }

  assert {
    condition     = google_project_iam_member.nodes.role == "roles/container.defaultNodeServiceAccount"
    error_message = "Nodes get the role that GKE made for them, not editor."
  }
}

run "is_reached_by_its_dns_endpoint_with_iam" {
  command = plan

  assert {
    condition     = google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].allow_external_traffic
    error_message = "Whom IAM lets in reaches the API server by its DNS name."
  }

  assert {
    condition     = google_container_cluster.this.master_auth[0].client_certificate_config[0].issue_client_certificate == false
    error_message = "No certificate lets its holder in."
  }
}

run "keeps_the_dns_endpoint_inside_the_network_where_asked" {
  command = apply

  variables {
    dns_endpoint        = false
    deletion_protection = false
  }

  assert {
    condition     = google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].allow_external_traffic == false && !strcontains(output.get_credentials, "--dns-endpoint")
    error_message = "The API server doesn't answer from outside, and the command doesn't ask it to."
  }
}

run "upgrades_itself_on_weekends" {
  command = plan

  assert {
    condition     = google_container_cluster.this.release_channel[0].channel == "REGULAR"
    error_message = "The cluster follows the regular channel."
  }

  assert {
    condition     = google_container_cluster.this.maintenance_policy[0].recurring_window[0].recurrence == "FREQ=WEEKLY;BYDAY=SA,SU"
    error_message = "GKE upgrades on Saturdays and Sundays only."
  }
}

run "leaves_metrics_to_the_platform_unless_asked" {
  command = plan

  assert {
    condition     = google_container_cluster.this.monitoring_config[0].managed_prometheus[0].enabled == false
    error_message = "Managed metrics cost by the sample and are off."
  }
}

run "collects_managed_metrics_where_asked" {
  command = plan

  variables {
    managed_prometheus = true
  }

  assert {
    condition     = google_container_cluster.this.monitoring_config[0].managed_prometheus[0].enabled
    error_message = "Managed metrics are on."
  }
}

run "lets_roles_name_google_groups_where_asked" {
  command = plan

  variables {
    security_group = "gke-security-groups@example.com"
  }

  assert {
    condition     = google_container_cluster.this.authenticator_groups_config[0].security_group == "gke-security-groups@example.com"
    error_message = "The group's members can be named in roles."
  }
}

run "opens_the_ip_endpoint_to_named_networks_only" {
  command = plan

  variables {
    authorized_networks = { office = "203.0.113.0/24" }
  }

  assert {
    condition     = one(google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks).cidr_block == "203.0.113.0/24"
    error_message = "The named network is let in."
  }

  assert {
    condition     = google_container_cluster.this.master_authorized_networks_config[0].gcp_public_cidrs_access_enabled == false
    error_message = "Other customers of Google Cloud are not let in."
  }
}

run "refuses_to_open_the_api_server_to_the_internet" {
  command = plan

  variables {
    authorized_networks = { all = "0.0.0.0/0" }
  }

  expect_failures = [var.authorized_networks]
}

run "refuses_an_unknown_release_channel" {
  command = plan

  variables {
    release_channel = "NIGHTLY"
  }

  expect_failures = [var.release_channel]
}

run "refuses_a_network_that_is_none" {
  command = plan

  variables {
    authorized_networks = { office = "203.0.113.7" }
  }

  expect_failures = [var.authorized_networks]
}

run "refuses_a_maintenance_window_that_ends_before_it_starts" {
  command = plan

  variables {
    maintenance = { start_time = "2026-01-03T08:00:00Z", end_time = "2026-01-03T02:00:00Z", recurrence = "FREQ=DAILY" }
  }

  expect_failures = [var.maintenance]
}

run "refuses_a_maintenance_window_that_is_too_rare" {
  command = plan

  variables {
    maintenance = { start_time = "2026-01-03T02:00:00Z", end_time = "2026-01-03T08:00:00Z", recurrence = "FREQ=MONTHLY" }
  }

  expect_failures = [var.maintenance]
}

run "refuses_an_unknown_autoscaling_profile" {
  command = plan

  variables {
    autoscaling_profile = "FAST"
  }

  expect_failures = [var.autoscaling_profile]
}

run "refuses_a_security_group_that_gke_does" {
  command = plan

  variables {
    security_group = "engineers@example.com"
  }

  expect_failures = [var.security_group]
}

run "refuses_a_name_too_long_for_the_nodes_account" {
  command = plan

  variables {
    name = "a-cluster-with-a-very-long-name"
  }

  expect_failures = [var.name]
}

run "prints_the_command_for_kubectl" {
  command = apply

  variables {
    deletion_protection = false
  }

  assert {
    condition     = output.get_credentials == "gcloud container clusters get-credentials workload --project demo-project --location europe-west3 --dns-endpoint"
    error_message = "The command uses the DNS endpoint."
  }
}
