locals {
  # Facts that only Terraform knows reach the GitOps repository as annotations of
  # the clusters' Secrets, which its ApplicationSets read.
  facts = { for name, value in var.facts : "ml-platform.dev/${name}" => value }

  identity = {
    serviceAccount = {
      annotations = { "iam.gke.io/gcp-service-account" = var.service_account }
    }
  }

  clusters = merge(
    {
      management-cluster = {
        server = "https://kubernetes.default.svc"
        role   = "management"
        config = { tlsClientConfig = { insecure = false } }
      }
    },
    {
      for name, cluster in var.workload_clusters : name => {
        server = "https://${cluster.host}"
        role   = "workload"
        # Argo CD asks Google for a token as its own account; none is stored.
        config = {
          execProviderConfig = {
            apiVersion = "client.authentication.k8s.io/v1beta1"
            command    = "argocd-k8s-auth"
            args       = ["gcp"]
          }
          tlsClientConfig = { insecure = false }
        }
      }
    },
  )

  cluster_secrets = [
    for name, cluster in local.clusters : {
      apiVersion = "v1"
      kind       = "Secret"
      metadata = {
        name        = "cluster-${name}"
        namespace   = "argocd"
        annotations = local.facts
        labels = {
          "argocd.argoproj.io/secret-type" = "cluster"
          "ml-platform.dev/role"           = cluster.role
        }
      }
      stringData = {
        name   = name
        server = cluster.server
        config = jsonencode(cluster.config)
      }
    }
  ]

  # Facts of the contract that are missing or don't fit, and facts outside it.
  unfit = [
    for name, fact in var.contract : "${name} has to be ${fact.meaning}"
    if !can(regex(fact.pattern, lookup(var.facts, name, "")))
  ]
  unknown = setsubtract(keys(var.facts), keys(var.contract))

  # The project among the manifests has no source.
  elsewhere = [
    for object in local.root : object.metadata.name
    if try("${object.spec.source.repoURL} ${object.spec.source.targetRevision}", local.followed) != local.followed
  ]
  followed = "${var.repository.url} ${var.repository.branch}"
  root     = [for manifest in var.root : yamldecode(manifest)]
}

# From its first sync on, Argo CD keeps itself: an upgrade is a change in git.
resource "helm_release" "this" {
  name             = "argocd"
  repository       = "https://argoproj.github.io/argo-helm"
  chart            = "argo-cd"
  version          = var.chart_version
  namespace        = "argocd"
  create_namespace = true
  atomic           = true
  timeout          = 600

  values = [
    var.values,
    yamlencode({ controller = local.identity, server = local.identity }),
  ]

  lifecycle {
    ignore_changes = [values, version]
  }
}

# A release of its own: Helm refuses an Application in the release that brings the
# definition of Applications. It also goes before Argo CD does.
resource "helm_release" "root" {
  name      = "argocd-root"
  chart     = "${path.module}/root"
  namespace = "argocd"
  atomic    = true

  values = [yamlencode({ objects = concat(local.cluster_secrets, local.root) })]

  lifecycle {
    precondition {
      condition     = length(local.unfit) == 0
      error_message = "These facts don't fit gitops/clusters/facts.yaml: ${join("; ", local.unfit)}."
    }

    precondition {
      condition     = length(local.unknown) == 0
      error_message = "Add these facts to gitops/clusters/facts.yaml, or hand over none of them: ${join(", ", local.unknown)}."
    }

    precondition {
      condition     = length(local.elsewhere) == 0
      error_message = "The files in gitops/argocd name another repository or branch than ${var.repository.url}, ${var.repository.branch}. Change them as gitops/README.md says, commit, and push."
    }
  }

  depends_on = [helm_release.this]
}
