// Package meter counts what the program does, for those who watch over the machine: how many
// requests, how long they took, what failed and what waits, in Prometheus' text form.
//
// A label holds a route as routes.go writes it, a class of status or a kind of error, and
// nothing else: all come from lists in the program, so that no address, name, code or answer
// can get in. What is counted here is work, never cases.
package meter

import (
	"context"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"foljsam/internal/app"
	"foljsam/internal/fault"
)

// Options say what is measured.
type Options struct {
	Version string
	Routes  []string // as routes.go writes them
	Vitals  func(context.Context) (app.Vitals, error)
	Ends    func() time.Time // of the certificate; nil: none of ours
	Now     func() time.Time
}

// Meter counts. A nil one counts nothing.
type Meter struct {
	o        Options
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	faults   *prometheus.CounterVec
}

// other stands for every address that is no route.
const other = "annat"

// seconds that requests are counted below.
var below = []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

// New begins to count.
func New(o Options) *Meter {
	m := &Meter{o: o, registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "foljsam_requests_total", Help: "Requests answered, by route and class of status."}, []string{"route", "status"}),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "foljsam_request_seconds", Help: "How long requests took.", Buckets: below}, []string{"route"}),
		faults:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "foljsam_errors_total", Help: "Errors, by kind."}, []string{"kind"}),
	}
	about := prometheus.NewGauge(prometheus.GaugeOpts{Name: "foljsam_build_info", Help: "Which program this is.",
		ConstLabels: prometheus.Labels{"version": o.Version, "go": runtime.Version(), "system": runtime.GOOS + "/" + runtime.GOARCH}})
	about.Set(1)
	for _, k := range kinds {
		m.faults.WithLabelValues(k)
	}
	m.registry.MustRegister(m.requests, m.seconds, m.faults, about, vitals{m}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// kinds are the names of fault's kinds, in their order, and of what nobody foresaw.
var kinds = []string{"internal", "usage", "invalid", "not_found", "refused", "conflict", "too_large", panics}

const panics = "panic"

// Request counts a request that was answered.
func (m *Meter) Request(route string, status int, took time.Duration) {
	if m == nil {
		return
	}
	if !slices.Contains(m.o.Routes, route) {
		route = other
	}
	m.requests.WithLabelValues(route, class(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// class gives 2xx of 204.
func class(status int) string {
	if status < 100 || status > 599 {
		return other
	}
	return strconv.Itoa(status/100) + "xx"
}

// Fault counts an error.
func (m *Meter) Fault(err error) {
	if m == nil || err == nil {
		return
	}
	if k := int(fault.KindOf(err)); k >= 0 && k < len(kinds)-1 {
		m.faults.WithLabelValues(kinds[k]).Inc()
	}
}

// Panic counts a page that fell over.
func (m *Meter) Panic() {
	if m != nil {
		m.faults.WithLabelValues(panics).Inc()
	}
}

// ServeHTTP answers with all numbers.
func (m *Meter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
}

// vitals asks the system how it is, each time somebody asks the meter.
type vitals struct{ m *Meter }

var (
	saved   = prometheus.NewDesc("foljsam_saves_total", "Writes that are on disk, since the program began.", nil, nil)
	waiting = prometheus.NewDesc("foljsam_writes_waiting", "Writes that wait for their turn.", nil, nil)
	line    = prometheus.NewDesc("foljsam_audit_head_age_seconds", "How long ago the newest line of a log was written.", nil, nil)
	backup  = prometheus.NewDesc("foljsam_backup_timestamp_seconds", "When the last backup was taken. Not there: never.", nil, nil)
	ends    = prometheus.NewDesc("foljsam_certificate_expiry_timestamp_seconds", "When the certificate ends. Not there: a proxy has it.", nil, nil)
	well    = prometheus.NewDesc("foljsam_ready", "1: the database answers.", nil, nil)
)

func (v vitals) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{saved, waiting, line, backup, ends, well} {
		to <- d
	}
}

// longestAsk is how long the database may take to answer.
const longestAsk = 5 * time.Second

func (v vitals) Collect(to chan<- prometheus.Metric) {
	ctx, stop := context.WithTimeout(context.Background(), longestAsk)
	defer stop()
	now, err := v.m.o.Vitals(ctx)
	gauge := func(d *prometheus.Desc, value float64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	if err != nil {
		gauge(well, 0)
		return
	}
	gauge(well, 1)
	to <- prometheus.MustNewConstMetric(saved, prometheus.CounterValue, float64(now.Saved))
	gauge(waiting, float64(now.Waiting))
	if !now.Line.IsZero() {
		gauge(line, v.m.o.Now().Sub(now.Line).Seconds())
	}
	if !now.Backup.IsZero() {
		gauge(backup, float64(now.Backup.Unix()))
	}
	if v.m.o.Ends != nil {
		gauge(ends, float64(v.m.o.Ends().Unix()))
	}
}
