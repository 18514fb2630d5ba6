package oracle

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A client's case, as the contract reads it.
type client struct {
	key    string // register and pseudonym
	v2     string
	came   time.Time
	left   time.Time // zero: open
	age    int       // -1: not registered
	codes  map[string][]string
	local  map[string]string // with the names that the case's package describes
	helped []support
	risks  []risk
}

type support struct {
	codes []string
	basis string
}

type risk struct {
	day        string
	instrument string
	value      float64
	valued     bool
}

// The lists of Bilaga 2: how many codes each variable has.
var codeCount = map[string]int{
	"v1": 4, "v14": 2, "v19": 5, "v20": 5, "v41": 7, "v49": 14, "v58": 6, "v59": 3, "v67": 3, "v110": 3, "v118": 19,
	"v126": 3, "v127": 9, "v161": 4, "v192": 5, "v202": 6, "v203": 6, "v206": 3, "v212": 6, "v257": 7,
}

var (
	oneCode   = []string{"v1", "v14", "v20", "v59", "v67", "v110", "v161", "v192", "v257", "v202", "v203", "v206", "v212"}
	manyCodes = []string{"v19", "v41", "v49", "v58", "v127"}
)

// to gives "1" … "n".
func to(n int) (codes []string) {
	for i := 1; i <= n; i++ {
		codes = append(codes, strconv.Itoa(i))
	}
	return codes
}

// readAll gives the cases of all packages that are used; a later package wins.
func readAll(packs []*pack) []*client {
	var order []string
	byKey := map[string]*client{}
	for _, p := range packs {
		if p.gone {
			continue
		}
		for _, c := range p.read() {
			if byKey[c.key] == nil {
				order = append(order, c.key)
			}
			byKey[c.key] = c
		}
	}
	var all []*client
	for _, k := range order {
		all = append(all, byKey[k])
	}
	return all
}

func (p *pack) register() string {
	for _, k := range []string{"register", "name"} {
		if s, ok := p.meta[k].(string); ok && s != "" {
			return s
		}
	}
	return ""
}

// read gives the cases of one package.
func (p *pack) read() (all []*client) {
	byID := map[string]*client{}
	for r := range p.good(caseFile) {
		c := readCase(r)
		c.key = p.register() + "\x00" + r["arende"]
		byID[r["arende"]] = c
		all = append(all, c)
	}
	for r := range p.good(supFile) {
		c := byID[r["arende"]]
		c.helped = append(c.helped, support{list(r["v118"]), r["v126"]})
	}
	for r := range p.good(riskFile) {
		c := byID[r["arende"]]
		value, err := strconv.ParseFloat(strings.Replace(r["skattning"], ",", ".", 1), 64)
		c.risks = append(c.risks, risk{r["datum"], r["instrument"], value, err == nil})
	}
	for r := range p.good(locFile) {
		c := byID[r["arende"]]
		c.local = map[string]string{}
		for _, l := range p.locals {
			if !l.foreign && len(l.codes) > 0 {
				c.local[l.name] = r[l.name]
			}
		}
	}
	return all
}

// good gives the rows of a file that are kept, as they should be read.
func (p *pack) good(file string) func(yield func(map[string]string) bool) {
	return func(yield func(map[string]string) bool) {
		s := p.sheets[file]
		if s == nil {
			return
		}
		for _, r := range s.rows {
			if !r.gone && !yield(s.seen(r)) {
				return
			}
		}
	}
}

// seen drops the values of columns that the file does not have.
func (s *sheet) seen(r *row) map[string]string {
	out := map[string]string{}
	for k, v := range r.good {
		if slices.Contains(s.columns, k) {
			out[k] = v
		}
	}
	return out
}

func readCase(r map[string]string) *client {
	c := &client{v2: r["v2"], came: day(r["v5"]), left: day(r["v256"]), age: -1, codes: map[string][]string{}}
	if n, err := strconv.Atoi(r["v15"]); err == nil {
		c.age = n
	}
	for _, v := range oneCode {
		if r[v] != "" {
			c.codes[v] = []string{r[v]}
		}
	}
	for _, v := range manyCodes {
		if r[v] != "" {
			c.codes[v] = list(r[v])
		}
	}
	return c
}

// list gives the different codes of a cell.
func list(cell string) (codes []string) {
	for _, c := range strings.Split(cell, "|") {
		if c != "" && !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	return codes
}

func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return d
}

func (c *client) closed() bool { return !c.left.IsZero() }

func (c *client) days() int { return int(c.left.Sub(c.came).Hours() / 24) }

func (c *client) is(v, code string) bool { return slices.Contains(c.codes[v], code) }

// supports gives the different v118 codes of the case.
func (c *client) supports() (codes []string) {
	for _, s := range c.helped {
		for _, code := range s.codes {
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

func (c *client) answered() bool {
	return len(c.codes["v202"])+len(c.codes["v203"])+len(c.codes["v206"])+len(c.codes["v212"]) > 0
}
