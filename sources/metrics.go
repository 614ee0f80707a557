package sources

import (
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/patchworkcare/patchwork/record"
)

// Metrics are what all sources report to Prometheus. Labels are the source's id, the
// section's name and a kind from a closed set: never anything of a person.
type Metrics struct {
	calls        *prometheus.CounterVec
	reads        *prometheus.CounterVec
	seconds      *prometheus.HistogramVec
	inFlight     *prometheus.GaugeVec
	joined       *prometheus.CounterVec
	remembered   *prometheus.CounterVec
	wrongPatient *prometheus.CounterVec
	breaker      *prometheus.GaugeVec
	stuck        *prometheus.GaugeVec
	off          *prometheus.GaugeVec
}

// NewMetrics registers the metrics with r, once per process; with a nil r they are
// measured and shown nowhere. It panics if r has them already.
func NewMetrics(r prometheus.Registerer) *Metrics {
	f := promauto.With(r)
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return f.NewCounterVec(prometheus.CounterOpts{Namespace: "patchwork", Subsystem: "source", Name: name, Help: help}, labels)
	}
	gauge := func(name, help string) *prometheus.GaugeVec {
		return f.NewGaugeVec(prometheus.GaugeOpts{Namespace: "patchwork", Subsystem: "source", Name: name, Help: help}, []string{"source"})
	}
	return &Metrics{
		calls:        counter("calls_total", "Calls to the source by how they ended; turned-away ones never reached it.", "source", "kind"),
		reads:        counter("reads_total", "Reads of one section of one person by how they ended.", "source", "section", "kind"),
		joined:       counter("reads_joined_total", "Reads that joined an equal one in flight.", "source"),
		remembered:   counter("reads_remembered_total", "Reads answered from memory.", "source"),
		wrongPatient: counter("wrong_patient_total", "Answers dropped because they were about another person.", "source", "section"),
		inFlight:     gauge("reads_in_flight", "Reads of one section of one person under way."),
		breaker:      gauge("breaker_state", "Circuit breaker: 0 closed, 1 half open, 2 open."),
		off:          gauge("switched_off", "1 while the source is switched off."),
		stuck:        gauge("stuck_fetches", "Fetches that did not end at their deadline and still run."),
		seconds: f.NewHistogramVec(prometheus.HistogramOpts{Namespace: "patchwork", Subsystem: "source", Name: "read_seconds",
			Help:    "How long reads of one section of one person took.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20}}, []string{"source"}),
	}
}

// meters are the metrics of one source, looked up once.
type meters struct {
	all                      *Metrics
	source                   string
	seconds                  prometheus.Observer
	joined, remembered       prometheus.Counter
	inFlight, breaker, stuck prometheus.Gauge
	off                      prometheus.Gauge
}

func (m *Metrics) of(source string) meters {
	return meters{all: m, source: source,
		seconds:    m.seconds.WithLabelValues(source),
		joined:     m.joined.WithLabelValues(source),
		remembered: m.remembered.WithLabelValues(source),
		inFlight:   m.inFlight.WithLabelValues(source),
		breaker:    m.breaker.WithLabelValues(source),
		stuck:      m.stuck.WithLabelValues(source),
		off:        m.off.WithLabelValues(source),
	}
}

func (m meters) begun(asked, joined, remembered int) {
	if asked > 0 {
		m.inFlight.Add(float64(asked))
	}
	if joined > 0 {
		m.joined.Add(float64(joined))
	}
	if remembered > 0 {
		m.remembered.Add(float64(remembered))
	}
}

func (m meters) answered(section record.Section, a Answer) {
	m.inFlight.Dec()
	m.seconds.Observe(a.Took.Seconds())
	m.all.reads.WithLabelValues(m.source, section.Name(), kindOf(a)).Inc()
}

func (m meters) called(kind string) { m.all.calls.WithLabelValues(m.source, kind).Inc() }

func (m meters) wrongPatient(section record.Section) {
	m.all.wrongPatient.WithLabelValues(m.source, section.Name()).Inc()
}

func (m meters) breakerIs(s circuitbreaker.State) {
	switch s {
	case circuitbreaker.ClosedState:
		m.breaker.Set(0)
	case circuitbreaker.HalfOpenState:
		m.breaker.Set(1)
	default:
		m.breaker.Set(2)
	}
}

// watchful lets the counter of answers about others begin at 0: an alert sees what is counted up,
// and would not see the first if the counter began with it.
func (m meters) watchful(section record.Section) {
	m.all.wrongPatient.WithLabelValues(m.source, section.Name())
}

// Kind is how it ended, in a word of a closed set: the kind of the error, or what the answer was.
func (a Answer) Kind() string { return kindOf(a) }

// kindOf is how a read ended: the kind of its error, or what the answer was.
func kindOf(a Answer) string {
	switch {
	case a.Err != nil:
		return AsError(a.Err).Kind.String()
	case len(a.Gaps) > 0:
		return "partial"
	case len(a.Entries) > 0:
		return "answered"
	case len(a.Asserted) > 0:
		return "asserted-none"
	}
	return "empty"
}
