{{- define "patchwork.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "patchwork.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "patchwork.labels" -}}
{{ include "patchwork.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "patchwork.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end -}}
{{- end }}

{{- define "patchwork.state" -}}
{{- $d := .Values.database -}}
postgres://{{ $d.user | urlquery }}@{{ required "database.host: say where PostgreSQL is" $d.host }}:{{ $d.port }}/{{ $d.name | urlquery }}?sslmode={{ $d.sslmode }}{{ if $d.caSecret.name }}&sslrootcert=/run/secrets/database-ca/{{ $d.caSecret.key }}{{ end -}}
{{- end }}

{{/* patchwork.yaml: what the region says, and what is the chart's own. */}}
{{- define "patchwork.config" -}}
{{- if not .Values.config.sources }}{{ fail "config.sources: at least one system is needed (patchwork source init TYPE shows a stanza)" }}{{ end -}}
{{- $own := dict
  "listen" "0.0.0.0:8080"
  "public_url" (required "publicURL: say at which https:// address browsers reach it" .Values.publicURL)
  "plain_http" false
  "state" (include "patchwork.state" .)
  "smart" (dict "secret_file" "/run/secrets/patchwork/patchwork.secret")
  "audit" (dict "key" "/run/secrets/patchwork/patchwork.audit-key" "witness" "/var/lib/patchwork/patchwork.witness") -}}
{{- if .Values.policies }}{{ $_ := set $own "policies" "/etc/patchwork/policies.yaml" }}{{ end -}}
{{- mergeOverwrite (deepCopy .Values.config) $own | toYaml -}}
{{- end }}
