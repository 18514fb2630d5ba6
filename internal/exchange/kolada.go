package exchange

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"foljsam/internal/fault"
)

// Kolada's figures are read for comparison with our own. They are never mixed: what is shown
// as Kolada's is the value that stands there, untouched.

// KoladaItem is something that Kolada lists: a key figure, a municipality, a group, a unit.
type KoladaItem struct {
	ID           string       `json:"id"`
	Title        string       `json:"title"`
	Description  string       `json:"description"`  // of a key figure
	Type         string       `json:"type"`         // of a municipality: K, or L a region
	Municipality string       `json:"municipality"` // of a unit
	Members      []KoladaItem `json:"members"`      // of a group
}

// KoladaState tells apart how a value can be there, or not.
type KoladaState int

const (
	KoladaAbsent  KoladaState = iota // no row: nothing is known of it
	KoladaNumber                     // a value
	KoladaNull                       // a row without a value
	KoladaMarked                     // a row with a status; what it means Kolada does not say
	KoladaDeleted                    // a row that was taken away
)

// KoladaFigure is what Kolada says of a key figure, a unit and a year, for everyone together.
// The zero KoladaFigure is absent.
type KoladaFigure struct {
	State  KoladaState
	Value  float64 // as it stands; may be there beside a status
	Has    bool    // there is a value, also where it is not to be used
	Count  int     // how many members a group's value is made of
	Status string  // as it stands
}

// Number gives the value; ok is false where there is none to use.
func (f KoladaFigure) Number() (v float64, ok bool) { return f.Value, f.State == KoladaNumber }

// Decimals gives how many decimals the value is written with, at the least.
func (f KoladaFigure) Decimals() int {
	_, decimals, _ := strings.Cut(strconv.FormatFloat(f.Value, 'f', -1, 64), ".")
	return len(decimals)
}

// KoladaTable is values of Kolada's, gathered from several pages and questions.
type KoladaTable struct {
	Odd   int // rows that could not be understood
	cells map[koladaKey]KoladaFigure
}

type koladaKey struct {
	kpi, unit string
	year      int
}

// At gives what Kolada says; absent where it says nothing.
func (t *KoladaTable) At(kpi, unit string, year int) KoladaFigure {
	return t.cells[koladaKey{kpi, unit, year}]
}

// Len gives how many rows there are.
func (t *KoladaTable) Len() int { return len(t.cells) }

// koladaForeign is a page as others write it.
type koladaForeign struct {
	Next   *string           `json:"next_url"`
	Values []json.RawMessage `json:"values"`
}

// readKoladaPage reads what is around a page. An answer of Kolada's second version, which is
// shut down, is named as such.
func readKoladaPage(b []byte) (koladaForeign, error) {
	var p koladaForeign
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &p); err != nil {
		return p, fault.Wrap(err, fault.Invalid, "ask.not_readable")
	}
	if p.Values == nil {
		return p, fault.New(fault.Invalid, "ask.not_kolada")
	}
	return p, nil
}

func (p koladaForeign) next() string {
	if p.Next == nil {
		return ""
	}
	return *p.Next
}

// ReadKoladaItems reads a page of a list, and the address of the next page; empty when it is
// the last.
func ReadKoladaItems(b []byte) (all []KoladaItem, next string, err error) {
	p, err := readKoladaPage(b)
	if err != nil {
		return nil, "", err
	}
	for _, raw := range p.Values {
		var x KoladaItem
		if json.Unmarshal(raw, &x) == nil && x.ID != "" {
			all = append(all, x)
		}
	}
	return all, p.next(), nil
}

// koladaRow is a row of data as others write it.
type koladaRow struct {
	KPI          string               `json:"kpi"`
	Municipality string               `json:"municipality"`
	Unit         string               `json:"ou"`
	Period       json.RawMessage      `json:"period"` // a number; in quotes in older answers
	Values       []koladaForeignValue `json:"values"`
}

type koladaForeignValue struct {
	Gender  string          `json:"gender"`
	Count   json.RawMessage `json:"count"`
	Status  *string         `json:"status"`
	Value   json.RawMessage `json:"value"`
	Deleted json.RawMessage `json:"isdeleted"`
}

// Add reads a page of data into the table, and gives the address of the next page. A row
// that cannot be understood is counted, and the others are not lost.
func (t *KoladaTable) Add(b []byte) (next string, err error) {
	p, err := readKoladaPage(b)
	if err != nil {
		return "", err
	}
	if t.cells == nil {
		t.cells = map[koladaKey]KoladaFigure{}
	}
	for _, raw := range p.Values {
		if !t.addRow(raw) {
			t.Odd++
		}
	}
	return p.next(), nil
}

func (t *KoladaTable) addRow(raw json.RawMessage) bool {
	var r koladaRow
	if json.Unmarshal(raw, &r) != nil {
		return false
	}
	year, ok := yearOf(unquoted(r.Period))
	unit := r.Municipality + r.Unit
	if !ok || r.KPI == "" || unit == "" || r.Municipality != "" && r.Unit != "" {
		return false
	}
	for _, v := range r.Values {
		if v.Gender != koladaTotal {
			continue
		}
		f, ok := v.figure()
		if ok {
			t.cells[koladaKey{r.KPI, unit, year}] = f
		}
		return ok
	}
	return true // only women and men apart: nothing of everyone together
}

// figure tells the four ways apart. Taken away goes before a status, a status before a
// value that is not there.
func (v koladaForeignValue) figure() (f KoladaFigure, ok bool) {
	if n, err := strconv.Atoi(string(v.Count)); err == nil {
		f.Count = n
	}
	if v.Status != nil {
		f.Status = clip(*v.Status)
	}
	if text := string(v.Value); text != "null" && text != "" {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return f, false
		}
		f.Value, f.Has = n, true
	}
	switch deleted := unquoted(v.Deleted); {
	case deleted == "true" || deleted == "1":
		f.State = KoladaDeleted
	case f.Status != "":
		f.State = KoladaMarked
	case f.Has:
		f.State = KoladaNumber
	default:
		f.State = KoladaNull
	}
	return f, true
}

func unquoted(raw json.RawMessage) string { return string(bytes.Trim(raw, `"`)) }
