package exchange

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/fault"
)

// The most that is read of what others send: bytes of a file, cells of a table.
const (
	maxForeign = 64 << 20
	maxCells   = 1 << 20
)

// readForeign reads all there is, if that is within the limit.
func readForeign(r io.Reader, file string) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxForeign+1))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "population.unreadable", "file", file)
	}
	if len(b) > maxForeign {
		return nil, fault.New(fault.TooLarge, "population.too_large", "file", file)
	}
	return b, nil
}

// ReadDenominators reads adults by unit and year from any of the files that they come in: SCB's
// JSON-stat 2, the CSV that PxWeb saves, or our own CSV (enhet, ar, vuxna). What is wrong
// with a unit is named, the others are not lost. The error is about the file.
func ReadDenominators(r io.Reader, file string) ([]Denominator, []fault.Problem, error) {
	b, err := readForeign(r, file)
	if err != nil {
		return nil, nil, err
	}
	if text := bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\ufeff")), " \t\r\n"); len(text) > 0 && text[0] == '{' {
		return readStat(text, file)
	}
	if isPxWebCSV(b) {
		return readPxWebCSV(b, file)
	}
	rows, problems, err := ReadPopulation(bytes.NewReader(b), file)
	var all []Denominator
	for _, p := range rows {
		if p.Adults > 0 {
			all = append(all, Denominator{Unit: p.Unit, Year: p.Year, Adults: p.Adults, Inhabitants: p.Inhabitants, Method: FromFile, Cells: 1})
		}
	}
	return all, problems, err
}

// stat is a JSON-stat 2.0 dataset as it stands.
type stat struct {
	Class     string                   `json:"class"`
	Updated   json.RawMessage          `json:"updated"`
	ID        []string                 `json:"id"`
	Size      []int                    `json:"size"`
	Dimension map[string]statDimension `json:"dimension"`
	Value     json.RawMessage          `json:"value"`
	Status    json.RawMessage          `json:"status"`
	Extension json.RawMessage          `json:"extension"`
}

type statDimension struct {
	Category struct {
		Index json.RawMessage            `json:"index"`
		Label map[string]json.RawMessage `json:"label"`
	} `json:"category"`
}

// The dimensions of SCB's tables of people, by SCB's codes in lower case.
const (
	regionDim   = "region"
	ageDim      = "alder"
	sexDim      = "kon"
	statusDim   = "civilstand"
	contentsDim = "contentscode"
	timeDim     = "tid"
)

// readStat reads adults out of a JSON-stat dataset of SCB's.
func readStat(b []byte, file string) ([]Denominator, []fault.Problem, error) {
	var s stat
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, "population.not_json", "file", file)
	}
	c, err := s.cube(file)
	if err != nil {
		return nil, nil, err
	}
	h := newHeadcount(file)
	h.table, h.updated = s.table(), s.changed()
	problems, err := c.people(h)
	if err != nil {
		return nil, nil, err
	}
	all, more := h.settle()
	return all, limited(append(problems, more...), 0, file), nil
}

// table is the id of the table, where the dataset says it in the way of PxWeb.
func (s *stat) table() string {
	var x struct {
		PX struct {
			TableID string `json:"tableid"`
		} `json:"px"`
	}
	if json.Unmarshal(s.Extension, &x) != nil {
		return ""
	}
	return clip(x.PX.TableID)
}

func (s *stat) changed() time.Time {
	var t time.Time
	if json.Unmarshal(s.Updated, &t) != nil {
		return time.Time{}
	}
	return t
}

// cube is a dataset whose parts hang together: codes by dimension, a value a cell.
type cube struct {
	file   string
	dims   []string // in lower case
	codes  [][]string
	values []int // none: missing
}

const none = math.MinInt

func (s *stat) cube(file string) (*cube, error) {
	broken := func(what string) error {
		return fault.New(fault.Invalid, "population.not_dataset", "file", file, "part", what)
	}
	if len(s.ID) == 0 || len(s.ID) != len(s.Size) || s.Class != "" && s.Class != "dataset" {
		return nil, broken("id, size")
	}
	c, cells := &cube{file: file}, 1
	for i, id := range s.ID {
		n := s.Size[i]
		if n < 1 || n > maxCells/cells {
			return nil, fault.New(fault.TooLarge, "population.too_many_cells", "file", file, "most", maxCells)
		}
		cells *= n
		codes, ok := s.Dimension[id].codes(n)
		if name := strings.ToLower(id); !ok || slices.Contains(c.dims, name) {
			return nil, broken("dimension")
		}
		c.dims, c.codes = append(c.dims, strings.ToLower(id)), append(c.codes, codes)
	}
	var ok bool
	if c.values, ok = statValues(s.Value, cells); !ok {
		return nil, broken("value")
	}
	if !c.withhold(s.Status) {
		return nil, broken("status")
	}
	return c, nil
}

// codes gives the categories in their order. The index is a list of codes or an object of
// places; with a single category it may be left out.
func (d statDimension) codes(n int) ([]string, bool) {
	var list []string
	if json.Unmarshal(d.Category.Index, &list) == nil && list != nil {
		return list, len(list) == n && distinct(list)
	}
	var places map[string]int
	if json.Unmarshal(d.Category.Index, &places) == nil && places != nil {
		return inPlaces(places, n)
	}
	for code := range d.Category.Label {
		list = append(list, code)
	}
	return list, n == 1 && len(list) == 1 && len(d.Category.Index) == 0
}

func distinct(list []string) bool {
	seen := map[string]bool{}
	for _, s := range list {
		seen[s] = true
	}
	return len(seen) == len(list)
}

func inPlaces(places map[string]int, n int) ([]string, bool) {
	if len(places) != n {
		return nil, false
	}
	list, taken := make([]string, n), make([]bool, n)
	for code, i := range places {
		if i < 0 || i >= n || taken[i] {
			return nil, false
		}
		list[i], taken[i] = code, true
	}
	return list, true
}

// statNumber is a value of a dataset: a whole number of people, or none.
type statNumber int

func (v *statNumber) UnmarshalJSON(b []byte) error {
	*v = none
	f, err := strconv.ParseFloat(string(b), 64)
	if err == nil && f == math.Trunc(f) && f >= 0 && f <= mostInCell {
		*v = statNumber(f)
	}
	return nil
}

// statValues reads the values: a list with one for every cell, or an object of those that
// there are.
func statValues(raw json.RawMessage, cells int) ([]int, bool) {
	out := make([]int, cells)
	var list []statNumber
	if json.Unmarshal(raw, &list) == nil && list != nil {
		if len(list) != cells {
			return nil, false
		}
		for i, v := range list {
			out[i] = int(v)
		}
		return out, true
	}
	var some map[string]statNumber
	if json.Unmarshal(raw, &some) != nil || some == nil {
		return nil, false
	}
	for i := range out {
		out[i] = none
	}
	for key, v := range some {
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= cells {
			return nil, false
		}
		out[i] = int(v)
	}
	return out, true
}

// withhold makes missing what has a status: the number is not what it looks like. A status
// is one text for all cells, a list or an object.
func (c *cube) withhold(raw json.RawMessage) bool {
	if len(raw) == 0 || string(raw) == "null" {
		return true
	}
	var one string
	var list []*string
	var some map[string]*string
	switch {
	case json.Unmarshal(raw, &one) == nil:
		list = slices.Repeat([]*string{&one}, len(c.values))
	case json.Unmarshal(raw, &list) == nil:
	case json.Unmarshal(raw, &some) == nil:
		return c.withholdSome(some)
	default:
		return false
	}
	if len(list) != len(c.values) {
		return false
	}
	for i, s := range list {
		c.mark(i, s)
	}
	return true
}

func (c *cube) withholdSome(some map[string]*string) bool {
	for key, s := range some {
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(c.values) {
			return false
		}
		c.mark(i, s)
	}
	return true
}

func (c *cube) mark(i int, status *string) {
	if status != nil && *status != "" {
		c.values[i] = none
	}
}
