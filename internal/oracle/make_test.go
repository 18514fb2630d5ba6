package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A maker makes packages at random, without faults.
type maker struct {
	*rand.Rand
	tag int
}

func newMaker(seed uint64) *maker { return &maker{Rand: rand.New(rand.NewPCG(seed, 7))} }

// chance is true so many times of a hundred.
func (m *maker) chance(percent int) bool { return m.IntN(100) < percent }

func pick[T any](m *maker, from []T) T { return from[m.IntN(len(from))] }

// some gives a few different items, perhaps none.
func some[T any](m *maker, from []T, most int) []T {
	n := m.IntN(min(most, len(from)) + 1)
	out := slices.Clone(from)
	m.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:n]
}

// places are municipalities and districts; the names are of the test's own making.
var places = []string{"0180", "018001", "018004", "0114", "0380", "1480", "148002", "2584", "0980", "9998"}

var (
	caseColumns = []string{"arende", "klient", "v1", "v2", "v3", "v5", "v14", "v15", "v19", "v20", "v41", "v49", "v58", "v59",
		"v67", "v110", "v127", "v161", "v192", "v256", "v257", "v202", "v203", "v206", "v212"}
	supColumns  = []string{"arende", "v117", "slut", "v118", "v126", "regi"}
	riskColumns = []string{"arende", "datum", "fas", "instrument", "skattning"}
)

// packs makes some packages, some of which share a register, and none a case.
func (m *maker) packs(most int) (all []*pack) {
	registers := []string{"Sala", "norr-2", "väst", ""}
	shared := m.locals()
	for i := range 1 + m.IntN(most) {
		all = append(all, m.pack(i, pick(m, registers), shared))
	}
	return all
}

// locals makes descriptions that packages may share.
func (m *maker) locals() []*local {
	return []*local{
		{name: "boendeform", title: "Boende nu", codes: []string{"hyr", "äger", "saknar", "annat"}},
		{name: "lokal_2", title: "Skola", codes: []string{"3", "1", "2"}},
		{name: "ord", title: "Med egna ord"},
	}
}

func (m *maker) pack(i int, register string, shared []*local) *pack {
	name := fmt.Sprintf("uttag-%d-%d", i, m.IntN(1000))
	p := &pack{path: name, sheets: map[string]*sheet{}, meta: map[string]any{
		"$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
		"name":    name, "id": "id-" + name, "created": fmt.Sprintf("2024-%02d-%02dT08:00:00Z", 1+m.IntN(12), 1+m.IntN(28)),
		"period":   map[string]any{"from": "2021-01-01", "till": "2024-12-31"},
		"kodbok":   map[string]any{"id": "su-kvinnofrid", "version": "2021"},
		"tackning": 1 + m.IntN(4), "omfattning": 1 + m.IntN(3),
	}}
	if register != "" {
		p.meta["register"] = register
	}
	if m.chance(30) {
		delete(p.meta, "id")
	}
	p.sheets[caseFile] = m.sheet(caseColumns)
	p.sheets[supFile] = m.sheet(supColumns)
	p.sheets[riskFile] = m.sheet(riskColumns)
	if m.chance(60) {
		m.addLocals(p, shared)
	}
	towns := some(m, places, 4)
	if len(towns) == 0 {
		towns = places[:1]
	}
	clients := 0
	for range 1 + m.IntN(pick(m, []int{3, 12, 60})) {
		if clients == 0 || !m.chance(15) {
			clients++
		}
		m.addCase(p, fmt.Sprintf("K%d", clients), towns)
	}
	if m.chance(50) {
		p.zipped, p.path = true, name+".zip"
		if m.chance(50) {
			p.top = name + "/"
		}
	}
	return p
}

func (m *maker) addLocals(p *pack, shared []*local) {
	columns := []string{"arende"}
	for _, l := range shared {
		if m.chance(20) {
			continue
		}
		own := *l
		if m.chance(25) {
			own.foreign, own.title = true, l.title+" "+p.path
		}
		p.locals = append(p.locals, &own)
		columns = append(columns, own.name)
	}
	p.sheets[locFile] = m.sheet(columns)
}

// sheet makes an empty file: columns in any order, any form.
func (m *maker) sheet(columns []string) *sheet {
	s := &sheet{columns: slices.Clone(columns)}
	if m.chance(50) {
		m.Shuffle(len(columns), func(i, j int) { s.columns[i], s.columns[j] = s.columns[j], s.columns[i] })
	}
	s.form = form{semicolon: m.chance(30), crlf: m.chance(40), quoted: m.chance(15), open: m.chance(20)}
	if s.form.latin = m.chance(30); !s.form.latin {
		s.form.bom = m.chance(30)
	}
	if i := slices.Index(s.columns, "v3"); i >= 0 && m.chance(30) {
		s.columns = slices.Delete(s.columns, i, i+1)
	}
	return s
}

// addCase makes a case with its rows in all files.
func (m *maker) addCase(p *pack, client string, towns []string) {
	m.tag++
	id := fmt.Sprintf("%s-%d", pick(m, []string{"a", "Ä", "x y", "0"}), m.tag)
	came := m.IntN(1400)
	r := map[string]string{"arende": id, "klient": m.client(client), "v2": pick(m, towns), "v5": date(came), "v3": "H1"}
	for _, v := range oneCode {
		if m.chance(75) {
			r[v] = strconv.Itoa(1 + m.IntN(1+m.IntN(codeCount[v])))
		}
	}
	for _, v := range manyCodes {
		if m.chance(75) {
			r[v] = strings.Join(some(m, to(codeCount[v]), 6), "|")
		}
	}
	if r["v127"] == "" && m.chance(50) {
		r["v127"] = "0"
	}
	if m.chance(85) {
		r["v15"] = strconv.Itoa(pick(m, []int{0, 17, 18, 24, 25, 34, 44, 45, 54, 64, 65, 74, 75, 120, m.IntN(121)}))
	}
	if m.chance(70) {
		r["v256"] = date(came + pick(m, []int{0, 1, 90, 91, 180, 181, 270, 360, 361, 450, 540, 630, 631, 720, 721, m.IntN(900)}))
	}
	put(p.sheets[caseFile], r)
	for range m.IntN(4) {
		put(p.sheets[supFile], m.support(id, came))
	}
	if m.chance(60) {
		for range m.IntN(7) {
			put(p.sheets[riskFile], m.risk(id, came))
		}
	}
	if s := p.sheets[locFile]; s != nil && m.chance(80) {
		put(s, m.localRow(id, p.locals))
	}
}

func put(s *sheet, cells map[string]string) { s.rows = append(s.rows, newRow(cells)) }

// client sometimes has something that a reader of CSV can stumble on.
func (m *maker) client(name string) string {
	switch m.IntN(25) {
	case 0:
		return name + "\nsom \"två\" rader"
	case 1:
		return name + ", å; é"
	case 2:
		return ""
	}
	return name
}

func (m *maker) support(id string, came int) map[string]string {
	r := map[string]string{"arende": id}
	if m.chance(80) {
		r["v117"] = date(came + m.IntN(700))
		if m.chance(50) {
			r["slut"] = date(came + 700 + m.IntN(300))
		}
	}
	if m.chance(85) {
		r["v118"] = strings.Join(some(m, to(19), 4), "|")
	}
	if m.chance(70) {
		r["v126"] = strconv.Itoa(1 + m.IntN(3))
	}
	if m.chance(70) {
		r["regi"] = strconv.Itoa(1 + m.IntN(2))
	}
	return r
}

func (m *maker) risk(id string, came int) map[string]string {
	r := map[string]string{"arende": id}
	if m.chance(90) {
		r["datum"] = date(came + m.IntN(4)*30)
	}
	if m.chance(80) {
		r["fas"] = pick(m, []string{"fore", "under", "efter"})
	}
	if m.chance(90) {
		r["instrument"] = strconv.Itoa(1 + m.IntN(1+m.IntN(6)))
	}
	if m.chance(85) {
		r["skattning"] = pick(m, []string{"0", "1", "2", "3", "2.5", "2,5", "10", "-1"})
	}
	return r
}

func (m *maker) localRow(id string, locals []*local) map[string]string {
	r := map[string]string{"arende": id}
	for _, l := range locals {
		switch {
		case m.chance(25):
		case len(l.codes) > 0:
			r[l.name] = pick(m, l.codes)
		default:
			r[l.name] = "någon sade \"hej\", och\ngick"
		}
	}
	return r
}

func date(n int) string { return day("2021-01-01").Add(days1(n)).Format("2006-01-02") }
