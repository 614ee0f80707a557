package check

import (
	"bytes"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

const chartDir = "../helm/patchwork"

// least is what a region must say; each case adds to it.
const least = `
publicURL: https://care.example.nhs.uk
existingSecret: patchwork-keys
database: {host: db.example.nhs.uk, passwordSecret: {name: patchwork-database}}
config:
  sources:
    - {id: hospital, type: fhirr4, organisation: {ods: RXX, name: Hospital}, connect: {url: "https://fhir.hospital.example/R4", auth: {kind: none}}}
`

// world is everything that the chart makes, as Kubernetes reads it: strictly, so that a key
// that it does not know is an error.
type world struct {
	set      *appsv1.StatefulSet
	config   *corev1.ConfigMap
	services map[string]*corev1.Service
	account  *corev1.ServiceAccount
	ingress  *networkingv1.Ingress
	network  *networkingv1.NetworkPolicy
	budget   *policyv1.PodDisruptionBudget
	scaler   *autoscalingv2.HorizontalPodAutoscaler
	monitor  map[string]any
	notes    string
}

// render gives the chart with the values, or why Helm refuses them.
func render(t *testing.T, texts ...string) (*world, error) {
	t.Helper()
	chart, err := loader.Load(chartDir)
	if err != nil {
		t.Fatal(err)
	}
	values := chartutil.Values{}
	for _, text := range texts {
		more, err := chartutil.ReadValues([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		values = chartutil.CoalesceTables(more, values)
	}
	all, err := chartutil.ToRenderValues(chart, values, chartutil.ReleaseOptions{Name: "region", Namespace: "care", IsInstall: true}, nil)
	if err != nil {
		return nil, err
	}
	files, err := engine.Render(chart, all)
	if err != nil {
		return nil, err
	}
	w := &world{services: map[string]*corev1.Service{}}
	for name, text := range files {
		if path.Base(name) == "NOTES.txt" {
			w.notes = text
			continue
		}
		for document := range strings.SplitSeq(text, "\n---\n") {
			w.take(t, name, document)
		}
	}
	return w, nil
}

func (w *world) take(t *testing.T, name, text string) {
	t.Helper()
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal([]byte(text), &kind); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, text)
	}
	strict := func(into any) {
		t.Helper()
		if err := yaml.UnmarshalStrict([]byte(text), into); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
	switch kind.Kind {
	case "":
	case "StatefulSet":
		w.set = &appsv1.StatefulSet{}
		strict(w.set)
	case "ConfigMap":
		w.config = &corev1.ConfigMap{}
		strict(w.config)
	case "Service":
		s := &corev1.Service{}
		strict(s)
		w.services[s.Name] = s
	case "ServiceAccount":
		w.account = &corev1.ServiceAccount{}
		strict(w.account)
	case "Ingress":
		w.ingress = &networkingv1.Ingress{}
		strict(w.ingress)
	case "NetworkPolicy":
		w.network = &networkingv1.NetworkPolicy{}
		strict(w.network)
	case "PodDisruptionBudget":
		w.budget = &policyv1.PodDisruptionBudget{}
		strict(w.budget)
	case "HorizontalPodAutoscaler":
		w.scaler = &autoscalingv2.HorizontalPodAutoscaler{}
		strict(w.scaler)
	case "ServiceMonitor":
		strict(&w.monitor)
	default:
		t.Errorf("%s makes a %s, which nothing here looks at", name, kind.Kind)
	}
}

func mustRender(t *testing.T, texts ...string) *world {
	t.Helper()
	w, err := render(t, append([]string{least}, texts...)...)
	if err != nil {
		t.Fatal(err)
	}
	w.holds(t)
	return w
}

// holds is what is so of every rendering.
func (w *world) holds(t *testing.T) {
	t.Helper()
	pod := w.set.Spec.Template.Spec
	c := pod.Containers[0]
	switch s, p := c.SecurityContext, pod.SecurityContext; {
	case len(pod.Containers) != 1 || len(pod.InitContainers) != 0:
		t.Error("the pod has other containers")
	case *p.RunAsNonRoot != true || *p.RunAsUser != 65532 || *p.FSGroup != 65532 || p.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault:
		t.Errorf("the pod's security: %+v", p)
	case *s.AllowPrivilegeEscalation || !*s.ReadOnlyRootFilesystem || !slices.Equal(s.Capabilities.Drop, []corev1.Capability{"ALL"}) || s.Privileged != nil:
		t.Errorf("the container's security: %+v", s)
	case *pod.AutomountServiceAccountToken || *w.account.AutomountServiceAccountToken || pod.ServiceAccountName != w.account.Name:
		t.Error("the pod is given a token of the cluster")
	case pod.HostNetwork || pod.HostPID || pod.HostIPC:
		t.Error("the pod shares the host's")
	}
	if c.LivenessProbe.HTTPGet.Path != "/healthz" || c.StartupProbe.HTTPGet.Path != "/healthz" || c.ReadinessProbe.HTTPGet.Path != "/readyz" {
		t.Error("the probes ask elsewhere") // a server that is not ready must not be ended
	}
	if len(c.Resources.Limits) == 0 || *pod.TerminationGracePeriodSeconds < 15 {
		t.Error("no limits, or no time to end")
	}
	ports := map[string]int32{}
	for _, p := range c.Ports {
		ports[p.Name] = p.ContainerPort
	}
	for _, s := range w.services {
		for key, value := range s.Spec.Selector {
			if w.set.Spec.Template.Labels[key] != value {
				t.Errorf("the service %s selects no pod", s.Name)
			}
		}
		if ports[s.Spec.Ports[0].TargetPort.StrVal] == 0 {
			t.Errorf("the service %s leads to no port", s.Name)
		}
	}
	if w.services[w.set.Spec.ServiceName] == nil {
		t.Error("the set names a service that is not there")
	}
	mounts := map[string]string{}
	for _, m := range c.VolumeMounts {
		if mounts[m.Name] = m.MountPath; !m.ReadOnly && m.Name != "state" && m.Name != "tmp" {
			t.Errorf("%s may be written", m.Name)
		}
	}
	for _, v := range pod.Volumes {
		if mounts[v.Name] == "" {
			t.Errorf("the volume %s is mounted nowhere", v.Name)
		}
		if s := v.Secret; s != nil && *s.DefaultMode&0o037 != 0 {
			t.Errorf("the secret %s may be read by others (%o)", v.Name, *s.DefaultMode)
		}
		delete(mounts, v.Name)
	}
	for _, v := range w.set.Spec.VolumeClaimTemplates {
		delete(mounts, v.Name)
	}
	if len(mounts) > 0 {
		t.Errorf("mounts without a volume: %v", mounts)
	}
	for _, secret := range []string{"password: ", "PRIVATE+KEY"} {
		if strings.Contains(w.config.Data["patchwork.yaml"], secret) {
			t.Errorf("the configuration holds a secret")
		}
	}
}

// What Helm itself has to say of the chart is nothing.
func TestChartIsWell(t *testing.T) {
	t.Parallel()
	values, err := chartutil.ReadValues([]byte(least))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range lint.AllWithKubeVersion(chartDir, values, "care", nil).Messages {
		if m.Severity >= support.WarningSev {
			t.Error(m)
		}
	}
}

// Every choice renders, strictly, and does what it says.
func TestChartWithEveryChoice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		values string
		is     func(w *world) bool
	}{
		"the least": {"", func(w *world) bool {
			return *w.set.Spec.Replicas == 2 && w.ingress.Spec.Rules[0].Host == "care.example.nhs.uk" && w.budget != nil && w.network != nil && w.scaler == nil && w.monitor == nil &&
				len(w.set.Spec.VolumeClaimTemplates) == 1 && w.set.Spec.Template.Spec.Containers[0].Image == "patchwork:0.0.0"
		}},
		"a digest": {`image: {repository: registry.example/patchwork, digest: "sha256:0123"}`, func(w *world) bool {
			return w.set.Spec.Template.Spec.Containers[0].Image == "registry.example/patchwork@sha256:0123"
		}},
		"an autoscaler": {"autoscaling: {enabled: true, maxReplicas: 9}", func(w *world) bool {
			return w.set.Spec.Replicas == nil && w.scaler.Spec.MaxReplicas == 9 && w.scaler.Spec.ScaleTargetRef.Name == w.set.Name
		}},
		"no disk": {"persistence: {enabled: false}", func(w *world) bool {
			return len(w.set.Spec.VolumeClaimTemplates) == 0 && strings.Contains(w.notes, "new witness")
		}},
		"a storage class": {"persistence: {storageClass: fast, size: 20Gi}", func(w *world) bool {
			return *w.set.Spec.VolumeClaimTemplates[0].Spec.StorageClassName == "fast"
		}},
		"no ingress, budget or network policy": {"{ingress: {enabled: false}, podDisruptionBudget: {enabled: false}, networkPolicy: {enabled: false}}", func(w *world) bool {
			return w.ingress == nil && w.budget == nil && w.network == nil
		}},
		"a class and annotations": {"ingress: {className: nginx, annotations: {a: b}}", func(w *world) bool {
			return *w.ingress.Spec.IngressClassName == "nginx" && w.ingress.Annotations["a"] == "b"
		}},
		"a narrow network": {"networkPolicy: {ingressFrom: [{namespaceSelector: {matchLabels: {name: ingress}}}], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}", func(w *world) bool {
			return w.network.Spec.Ingress[0].From[0].NamespaceSelector.MatchLabels["name"] == "ingress" && w.network.Spec.Egress[0].To[0].IPBlock.CIDR == "10.0.0.0/8"
		}},
		"a monitor": {"serviceMonitor: {enabled: true, labels: {release: prometheus}}", func(w *world) bool { return w.monitor["spec"] != nil }},
		"secrets of systems": {"{extraSecrets: [{name: hospital, path: /run/secrets/hospital}], env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: hospital, key: token}}}]}", func(w *world) bool {
			c := w.set.Spec.Template.Spec.Containers[0]
			return c.VolumeMounts[len(c.VolumeMounts)-1].MountPath == "/run/secrets/hospital" && c.Env[len(c.Env)-1].ValueFrom.SecretKeyRef.Name == "hospital"
		}},
		"an authority of the database": {"database: {caSecret: {name: db-ca}}", func(w *world) bool {
			return strings.Contains(w.config.Data["patchwork.yaml"], "sslrootcert=/run/secrets/database-ca/ca.crt")
		}},
		"policies": {"policies: \"policies: []\\n\"", func(w *world) bool { return w.config.Data["policies.yaml"] == "policies: []\n" }},
		"a pause": {"preStopSeconds: 7", func(w *world) bool {
			return w.set.Spec.Template.Spec.Containers[0].Lifecycle.PreStop.Sleep.Seconds == 7
		}},
		"scheduling": {"{nodeSelector: {a: b}, tolerations: [{key: c, operator: Exists}], podLabels: {d: e}, podAnnotations: {f: g}, imagePullSecrets: [{name: h}], serviceAccount: {annotations: {i: j}}}", func(w *world) bool {
			return w.set.Spec.Template.Spec.NodeSelector["a"] == "b" && w.account.Annotations["i"] == "j"
		}},
		"what is the chart's own stays so": {"config: {listen: \"127.0.0.1:1\", plain_http: true, state: \"sqlite:x\"}", func(w *world) bool {
			text := w.config.Data["patchwork.yaml"]
			return strings.Contains(text, "plain_http: false") && strings.Contains(text, "0.0.0.0:8080") && !strings.Contains(text, "sqlite")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if w := mustRender(t, c.values); !c.is(w) {
				t.Errorf("it is not so: %+v", w)
			}
		})
	}
}

// What is missing is said, and not installed without.
func TestChartSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for values, says := range map[string]string{
		`publicURL: ""`: "publicURL: say at which",
		`publicURL: "http://care.example.nhs.uk"`:    "publicURL",
		`existingSecret: ""`:                         "existingSecret: say which secret",
		`database: {host: ""}`:                       "database.host: say where",
		`database: {passwordSecret: {name: ""}}`:     "database.passwordSecret.name",
		`database: {sslmode: prefer}`:                "sslmode",
		`config: {sources: []}`:                      "config.sources: at least one system",
		`replica: 3`:                                 "replica",
		`extraSecrets: [{name: x, path: "secrets"}]`: "path",
	} {
		if _, err := render(t, least, values); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", values, err)
		}
	}
}

// A change of the configuration begins new pods.
func TestChartNoticesAChange(t *testing.T) {
	t.Parallel()
	sum := func(w *world) string { return w.set.Spec.Template.Annotations["checksum/config"] }
	if a, b := mustRender(t), mustRender(t, "config: {zone: Europe/Dublin}"); sum(a) == sum(b) {
		t.Error("the pods stay as they are")
	}
}

// The configuration that the chart makes is one that the program takes.
func TestProgramTakesTheChartsConfiguration(t *testing.T) {
	t.Parallel()
	out := os.Getenv("PATCHWORK_CHART_CONFIG")
	if out == "" {
		t.Skip("skipped: PATCHWORK_CHART_CONFIG names no file to write it to")
	}
	text := mustRender(t).config.Data["patchwork.yaml"]
	if err := os.WriteFile(out, bytes.TrimSpace([]byte(text)), 0o600); err != nil {
		t.Fatal(err)
	}
}
