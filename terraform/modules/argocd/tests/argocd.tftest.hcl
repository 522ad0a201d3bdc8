mock_provider "helm" {}

variables {
  chart_version     = "9.3.7"
  values            = "dex: { enabled: false }"
  repository        = { url = "https://github.com/ml-platform/ml-platform" }
  service_account   = "argocd@demo-project.iam.gserviceaccount.com"
  workload_clusters = { workload-cluster = { host = "gke-1.europe-west3.gke.goog" } }
  facts             = { registry = "europe-west3-docker.pkg.dev/demo-project/images" }
  contract          = { registry = { meaning = "the registry", pattern = "^[a-z0-9.-]+(/[a-z0-9-]+)+$" } }
  root = [<<-YAML
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: { name: root, namespace: argocd }
    spec: { source: { repoURL: https://github.com/ml-platform/ml-platform, targetRevision: main } }
  YAML
  ]
}

run "registers_the_workload_cluster_without_a_token" {
  command = plan

  assert {
    condition = jsondecode(one([
      for object in yamldecode(helm_release.root.values[0]).objects : object.stringData.config
      if object.metadata.name == "cluster-workload-cluster"
    ])).execProviderConfig == { apiVersion = "client.authentication.k8s.io/v1beta1", command = "argocd-k8s-auth", args = ["gcp"] }
    error_message = "Argo CD gets its token by Workload Identity."
  }

  assert {
    condition     = !strcontains(lower(helm_release.root.values[0]), "bearertoken")
    error_message = "No token is stored."
  }
}

run "registers_its_own_cluster_too" {
  command = plan

  assert {
    condition = {
      for object in yamldecode(helm_release.root.values[0]).objects :
      object.stringData.name => [object.stringData.server, object.metadata.labels["ml-platform.dev/role"]]
      if object.kind == "Secret"
      } == {
      management-cluster = ["https://kubernetes.default.svc", "management"]
      workload-cluster   = ["https://gke-1.europe-west3.gke.goog", "workload"]
    }
    error_message = "ApplicationSets find each cluster by its role, and folders of gitops/clusters have its name."
  }
}

run "hands_the_facts_to_the_repository" {
  command = plan

  assert {
    condition = alltrue([
      for object in yamldecode(helm_release.root.values[0]).objects :
      object.metadata.annotations["ml-platform.dev/registry"] == "europe-west3-docker.pkg.dev/demo-project/images"
      if object.kind == "Secret"
    ])
    error_message = "Every cluster's Secret carries the facts."
  }
}

run "begins_with_the_root_application" {
  command = plan

  assert {
    condition     = contains([for object in yamldecode(helm_release.root.values[0]).objects : object.kind], "Application")
    error_message = "One Application brings the others."
  }

  assert {
    condition     = !can(yamldecode(helm_release.this.values[1]).extraObjects)
    error_message = "The Application is not in the release that brings its definition: Helm refuses that."
  }
}

run "installs_what_the_repository_says_as_its_own_account" {
  command = plan

  assert {
    condition     = helm_release.this.version == "9.3.7" && yamldecode(helm_release.this.values[0]).dex.enabled == false
    error_message = "Version and values are those that Argo CD keeps itself by."
  }

  assert {
    condition = alltrue([
      for part in ["controller", "server"] :
      yamldecode(helm_release.this.values[1])[part].serviceAccount.annotations["iam.gke.io/gcp-service-account"] == "argocd@demo-project.iam.gserviceaccount.com"
    ])
    error_message = "Controller and server use Workload Identity."
  }
}

run "refuses_a_fact_that_does_not_fit" {
  command = plan

  variables {
    facts = { registry = "no registry" }
  }

  expect_failures = [helm_release.root]
}

run "refuses_a_fact_that_is_missing" {
  command = plan

  variables {
    facts = {}
  }

  expect_failures = [helm_release.root]
}

run "refuses_a_fact_that_nobody_reads" {
  command = plan

  variables {
    facts = { registry = "europe-west3-docker.pkg.dev/demo-project/images", surplus = "x" }
  }

  expect_failures = [helm_release.root]
}

run "refuses_files_that_name_another_repository" {
  command = plan

  variables {
    repository = { url = "https://github.com/my-org/ml-platform" }
  }

  expect_failures = [helm_release.root]
}

run "refuses_a_workload_cluster_of_the_name_of_its_own" {
  command = plan

  variables {
    workload_clusters = { management-cluster = { host = "gke-1.europe-west3.gke.goog" } }
  }

  expect_failures = [var.workload_clusters]
}

run "refuses_a_fact_that_is_no_annotation" {
  command = plan

  variables {
    facts = { "Logs Bucket" = "x" }
  }

  expect_failures = [var.facts]
}

run "refuses_a_token_in_the_repositorys_address" {
  command = plan

  variables {
    repository = { url = "https://user:secret@github.com/ml-platform/ml-platform" }
  }

  expect_failures = [var.repository]
}

run "refuses_a_version_that_moves" {
  command = plan

  variables {
    chart_version = "9.x"
  }

  expect_failures = [var.chart_version]
}
