mock_provider "google" {
  mock_resource "google_iam_workload_identity_pool" {
    defaults = { name = "projects/1/locations/global/workloadIdentityPools/ml-platform-github" }
  }

  mock_resource "google_compute_address" {
    defaults = { address = "10.20.0.5" }
  }

  mock_resource "google_sql_database_instance" {
    defaults = { connection_name = "demo-project:europe-west3:ml-platform-portal" }
  }

  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/demo-project/serviceAccounts/account@demo-project.iam.gserviceaccount.com"
      email  = "account@demo-project.iam.gserviceaccount.com"
      member = "serviceAccount:account@demo-project.iam.gserviceaccount.com"
    }
  }
}

mock_provider "helm" {}

mock_provider "kubernetes" {
  alias = "workload"
}

variables {
  project_id = "demo-project"
}

run "needs_the_project_alone" {
  command = plan

  assert {
    condition     = module.registry.url == "europe-west3-docker.pkg.dev/demo-project/ml-platform-images"
    error_message = "Everything is in the default region, under the default name."
  }
}

run "hands_over_exactly_the_facts_of_the_contract" {
  command = apply

  # The module refuses facts that don't fit, and those that nobody reads.
  assert {
    condition     = keys(output.facts) == [for name in keys(yamldecode(file("../../../gitops/clusters/facts.yaml")).facts) : "ml-platform.dev/${name}"]
    error_message = "The facts are those of gitops/clusters/facts.yaml."
  }
}

run "says_how_to_reach_everything" {
  command = apply

  assert {
    condition     = output.get_credentials.workload == "gcloud container clusters get-credentials ml-platform-workload --project demo-project --location europe-west3 --dns-endpoint"
    error_message = "The command names the workload cluster."
  }

  assert {
    condition     = output.open_portal == "kubectl port-forward -n backstage svc/backstage 7007:7007"
    error_message = "The portal is opened by port-forward."
  }
}

run "is_private_and_protected_everywhere" {
  command = plan

  assert {
    condition     = alltrue([for cluster in [module.management, module.workload] : endswith(cluster.get_credentials, "--dns-endpoint")])
    error_message = "Both clusters are reached by their DNS endpoints."
  }
}

run "gives_each_part_an_account_of_its_own" {
  command = plan

  assert {
    condition     = toset(keys(module.identities.emails)) == toset(["ml-platform-argocd", "ml-platform-builder", "ml-platform-crossplane", "ml-platform-portal", "ml-platform-secrets"])
    error_message = "Each part that reaches Google Cloud has an account."
  }

  assert {
    condition     = toset(google_project_iam_custom_role.connect.permissions) == toset(["container.clusters.connect", "container.clusters.get"])
    error_message = "Reaching a cluster is no right on it."
  }

  assert {
    condition     = google_service_account_iam_member.portal_builds.role == "roles/iam.serviceAccountUser"
    error_message = "The portal starts builds as the builder."
  }

  assert {
    condition     = module.crossplane_rights.bucket_prefix == "demo-project-ws-" && alltrue([for bucket in [module.logs, module.docs, module.results, module.builds] : !startswith(bucket.name, module.crossplane_rights.bucket_prefix)])
    error_message = "Crossplane reaches no bucket of the platform."
  }
}

run "needs_apis_that_are_enabled_first" {
  command = plan

  assert {
    condition     = alltrue([for service in ["container", "sqladmin", "servicenetworking", "secretmanager", "artifactregistry", "cloudbuild", "iam", "sts", "storage"] : contains(keys(google_project_service.this), "${service}.googleapis.com")])
    error_message = "An empty project has none of them."
  }

  assert {
    condition     = !anytrue([for service in google_project_service.this : service.disable_on_destroy])
    error_message = "Destroying the platform disables nothing that others in the project use."
  }
}

run "lets_no_github_workflow_in_by_default" {
  command = plan

  assert {
    condition     = length(module.github) == 0
    error_message = "Nobody outside the project gets in unasked."
  }
}

run "tells_github_what_its_workflows_need" {
  command = apply

  variables {
    github_repository = "example/ml-platform"
    state_bucket      = "demo-project-terraform"
  }

  assert {
    condition     = toset(keys(output.github_variables)) == toset(["GOOGLE_PROJECT", "GOOGLE_PROVIDER", "GOOGLE_PLAN_ACCOUNT", "GOOGLE_PUSH_ACCOUNT", "GOOGLE_DOCS_ACCOUNT", "REGISTRY", "DOCS_BUCKET", "STATE_BUCKET"])
    error_message = "The workflows read these variables."
  }
}

run "describes_pools_to_queues" {
  command = apply

  assert {
    condition     = output.node_pools["gpu-l4"].gpu == { type = "nvidia-l4", count = 1 } && output.node_pools["l4-spot"].spot
    error_message = "Queues are made from the pools that there are."
  }
}

run "takes_pools_of_ones_own" {
  command = plan

  variables {
    region = "us-central1"
    workload_pools = {
      system = { machine_type = "e2-standard-4", min_nodes = 1, max_nodes = 3 }
      h100   = { machine_type = "a3-highgpu-8g", max_nodes = 4, zones = ["us-central1-a"], queued_provisioning = true, gpu = { type = "nvidia-h100-80gb", count = 8, driver = "LATEST" } }
    }
  }

  assert {
    condition     = module.workload_pools.pools["h100"].gpu.count == 8
    error_message = "Pools come from the map."
  }
}

run "refuses_a_projects_display_name" {
  command = plan

  variables {
    project_id = "My Project"
  }

  expect_failures = [var.project_id]
}

run "refuses_a_name_that_makes_others_too_long" {
  command = plan

  variables {
    name = "machine-learning-platform"
  }

  expect_failures = [var.name]
}

run "refuses_a_zone_in_the_place_of_a_region" {
  command = plan

  variables {
    region = "europe-west3-a"
  }

  expect_failures = [var.region]
}

run "refuses_a_token_in_the_repositorys_address" {
  command = plan

  variables {
    repository_url = "https://user:secret@github.com/example/ml-platform"
  }

  expect_failures = [var.repository_url]
}

run "refuses_a_branch_without_a_name" {
  command = plan

  variables {
    repository_branch = ""
  }

  expect_failures = [var.repository_branch]
}

run "refuses_subnets_that_it_has_no_cluster_for" {
  command = plan

  variables {
    subnets = { workload = { nodes = "10.20.0.0/20", pods = "10.32.0.0/13", services = "10.20.16.0/20" } }
  }

  expect_failures = [var.subnets]
}

run "refuses_logs_that_are_kept_for_no_day" {
  command = plan

  variables {
    logs_days = 0
  }

  expect_failures = [var.logs_days]
}

run "refuses_a_management_cluster_that_could_be_empty" {
  command = plan

  variables {
    management_pools = { platform = { machine_type = "e2-standard-4", max_nodes = 4 } }
  }

  expect_failures = [var.management_pools]
}

run "refuses_operators_on_spot_machines" {
  command = plan

  variables {
    workload_pools = { system = { machine_type = "e2-standard-4", min_nodes = 1, max_nodes = 3, spot = true } }
  }

  expect_failures = [var.workload_pools]
}

run "refuses_an_address_in_the_place_of_a_repositorys_name" {
  command = plan

  variables {
    github_repository = "https://github.com/example/ml-platform"
  }

  expect_failures = [var.github_repository]
}
