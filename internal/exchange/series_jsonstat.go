package exchange

import (
	"io"
	"strconv"
	"time"

	"foljsam/internal/disclosure"
	"foljsam/internal/indicator"
	"foljsam/internal/locale"
)

// The measures of a series, in order: the rate, the number behind it, the adults.
const (
	rateMeasure   = "varde"
	adultsMeasure = "vuxna"
)

// dimensions gives the dimensions of a series: unit, year, key figure and measure.
func (s *Series) dimensions(p *locale.Printer) []dimension {
	unit := dimension{id: "enhet", label: p.T("series.unit_name")}
	for _, u := range s.Units {
		unit.add(u.Code, u.Name)
	}
	year := dimension{id: "ar", label: p.T("series.year")}
	for _, y := range s.Years {
		year.add(strconv.Itoa(y), strconv.Itoa(y))
	}
	figure := dimension{id: "nyckeltal", label: p.T("series.figure_name")}
	for _, f := range indicator.Figures {
		figure.add(strconv.Itoa(int(f)), figureName(f, p))
	}
	measure := dimension{id: measureDim, label: p.T("series.measure")}
	measure.add(rateMeasure, p.T("series.rate"))
	measure.add(countMeasure, p.T("series.cases"))
	measure.add(adultsMeasure, p.T("series.adults"))
	return []dimension{unit, year, figure, measure}
}

// measures gives the values of a point in the order of the measures, each written as files
// have it, or empty with the state that it has instead.
func (x Point) measures() (texts [3]string, states [3]disclosure.State) {
	states[0] = x.State
	if x.State == disclosure.Number {
		texts[0] = x.Rate.String()
	}
	n, state := x.Cases()
	if states[1] = state; state == disclosure.Number {
		texts[1] = strconv.Itoa(n)
	}
	if states[2] = disclosure.Missing; x.State == disclosure.NotApplicable {
		states[2] = disclosure.NotApplicable
	}
	if n := x.adults(); n > 0 {
		texts[2], states[2] = strconv.Itoa(n), disclosure.Number
	}
	return texts, states
}

// changed is when the last of the editions was published; zero when that is not said.
func (s *Series) changed() (last time.Time) {
	for _, y := range s.Years {
		if t := s.Published[y]; t.After(last) {
			last = t
		}
	}
	return last
}

// WriteJSONStat writes the series as a JSON-stat 2.0 dataset. What is secret, missing or not
// applicable is null with its own status.
func (s *Series) WriteJSONStat(w io.Writer, p *locale.Printer) error {
	j := &jsonText{}
	j.open('{')
	for _, kv := range [][2]string{{"version", "2.0"}, {"class", "dataset"}, {"label", p.T("series.title")}, {"source", s.Source}} {
		j.key(kv[0])
		j.text(kv[1])
	}
	if t := s.changed(); !t.IsZero() {
		j.key("updated")
		j.text(t.UTC().Format(time.RFC3339))
	}
	j.key("note")
	j.texts(s.notes(p))
	dims := s.dimensions(p)
	j.layout(dims, [][2]string{{"geo", "enhet"}, {"time", "ar"}, {"metric", measureDim}})
	j.points(s.Points())
	j.about(s)
	j.end('}')
	_, err := w.Write(append(j.b, '\n'))
	return err
}

// points writes the values, and the status of those that have none.
func (j *jsonText) points(all []Point) {
	j.key("value")
	j.open('[')
	for _, x := range all {
		texts, states := x.measures()
		for m, v := range texts {
			if states[m] != disclosure.Number {
				j.null()
				continue
			}
			f, _ := strconv.ParseFloat(v, 64)
			j.number(f)
		}
	}
	j.end(']')
	j.key("status")
	j.open('{')
	for i, x := range all {
		_, states := x.measures()
		for m, state := range states {
			if state != disclosure.Number {
				j.keyInt(len(states)*i + m)
				j.text(state.Status())
			}
		}
	}
	j.end('}')
}

// about writes what JSON-stat has no place for: for whom it is, the editions, the scope of
// each report, and where the inhabitants come from.
func (j *jsonText) about(s *Series) {
	j.key("extension")
	j.open('{')
	j.key("release")
	j.text("publicering")
	j.key("syntetisk")
	j.bool(s.Synthetic)
	j.key("utgava")
	j.open('{')
	for _, y := range s.Years {
		j.keyInt(y)
		j.int(s.Editions[y])
	}
	j.end('}')
	j.key("per")
	j.int(disclosure.Per)
	j.eachUnitYear(s, "omfattning", func(u EditionUnit) {
		j.int(int(u.Scope))
	}, func(u EditionUnit) bool { return u.Scope != indicator.NotStated })
	j.eachUnitYear(s, "folkmangd", func(u EditionUnit) {
		j.texts([]string{u.From, u.Table, u.Method, u.Taken, u.Changed})
	}, func(u EditionUnit) bool { return u.From+u.Table+u.Method != "" })
	j.key("aterkallade")
	j.texts(s.takenBack())
	j.end('}')
}

// takenBack names what an earlier edition said something of and the last does not.
func (s *Series) takenBack() (all []string) {
	for _, x := range s.Points() {
		if x.Taken {
			all = append(all, x.Unit.Code+"/"+strconv.Itoa(x.Year)+"/"+strconv.Itoa(int(x.Figure)))
		}
	}
	return all
}

// eachUnitYear writes something of each unit and year that has it.
func (j *jsonText) eachUnitYear(s *Series, name string, write func(EditionUnit), has func(EditionUnit) bool) {
	j.key(name)
	j.open('{')
	for _, u := range s.Units {
		for _, y := range s.Years {
			if at, ok := s.cells[seriesAt{u.Code, y}]; ok && has(at.unit) {
				j.key(u.Code + "/" + strconv.Itoa(y))
				write(at.unit)
			}
		}
	}
	j.end('}')
}
