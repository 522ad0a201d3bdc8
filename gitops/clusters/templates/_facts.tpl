{{/*
The facts of the contract, checked. Fails with a sentence that names the annotation.
*/}}
{{- define "clusters.facts" -}}
{{- $facts := dict -}}
{{- range $name, $fact := (.Files.Get "facts.yaml" | fromYaml).facts -}}
{{- $value := get $.Values.facts $name -}}
{{- if not (regexMatch $fact.pattern $value) -}}
{{- fail (printf "The annotation ml-platform.dev/%s of the cluster's Secret has to be %s and match %s, but it is %q. Run terraform apply, which writes it." $name $fact.meaning $fact.pattern $value) -}}
{{- end -}}
{{- $_ := set $facts $name $value -}}
{{- end -}}
{{- toYaml $facts -}}
{{- end -}}

{{/*
A kustomize patch that fills the ConfigMap platform-facts with all facts, as
PROJECT_ID for project-id and so on.
*/}}
{{- define "clusters.factsPatch" -}}
{{- $data := dict -}}
{{- range $name, $value := . -}}
{{- $_ := set $data ($name | replace "-" "_" | upper) $value -}}
{{- end -}}
{{- dict "apiVersion" "v1" "kind" "ConfigMap" "metadata" (dict "name" "platform-facts") "data" $data | toYaml -}}
{{- end -}}
