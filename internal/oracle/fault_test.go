package oracle

import (
	"fmt"
	"slices"
	"strconv"
)

// A mark is a problem that must be named. "*" stands for what the contract does not say.
type mark struct {
	pack   *pack
	file   string
	row    *row   // nil: line holds
	line   string // "1" for a column, "" for a file or package
	column string
	value  string
	warn   bool
}

// A draft is packages in which faults are planted, and what must be said about them.
type draft struct {
	*maker
	packs []*pack
	want  []mark
}

// A fault is one way in which packages can be wrong. plant is false where there was no place.
type fault struct {
	name  string
	plant func(d *draft, p *pack) bool
}

// faults are the ways that the contract names: in a value, in a row, in a file or package.
var faults = slices.Concat(valueFaults, rowFaults, packFaults)

// free gives a row where nothing is wrong yet, whose case is there.
func (d *draft) free(p *pack, file string) *row {
	s := p.sheets[file]
	if s == nil || p.gone {
		return nil
	}
	var open []*row
	for _, r := range s.rows {
		if !r.used && !r.gone {
			open = append(open, r)
		}
	}
	if len(open) == 0 {
		return nil
	}
	r := pick(d.maker, open)
	r.used = true
	return r
}

// children gives the rows in the other files that belong to a case.
func (p *pack) children(r *row) (all []*row) {
	for _, rows := range p.childrenByFile(r) {
		all = append(all, rows...)
	}
	return all
}

func (p *pack) childrenByFile(r *row) map[string][]*row {
	all := map[string][]*row{}
	for _, file := range []string{supFile, riskFile, locFile} {
		if s := p.sheets[file]; s != nil {
			for _, c := range s.rows {
				if c.good["arende"] == r.good["arende"] {
					all[file] = append(all[file], c)
				}
			}
		}
	}
	return all
}

// drop leaves out a case, with its rows.
func (d *draft) drop(p *pack, r *row) bool {
	rows := p.children(r)
	if slices.ContainsFunc(rows, func(c *row) bool { return c.used }) {
		return false
	}
	r.gone = true
	for _, c := range rows {
		c.gone, c.used = true, true
	}
	return true
}

func (d *draft) says(p *pack, file string, r *row, column, value string) {
	d.want = append(d.want, mark{pack: p, file: file, row: r, column: column, value: value})
}

// has tells whether a file has all the columns.
func (p *pack) has(file string, columns ...string) bool {
	s := p.sheets[file]
	return s != nil && !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(s.columns, c) })
}

// value plants one of the broken values in one of the columns: the value is left out.
func value(name, file string, columns, broken []string) fault {
	return fault{name, func(d *draft, p *pack) bool {
		column := pick(d.maker, columns)
		if !p.has(file, column) {
			return false
		}
		r := d.free(p, file)
		if r == nil {
			return false
		}
		bad := pick(d.maker, broken)
		r.spoil(column, bad, "")
		d.says(p, file, r, column, bad)
		return true
	}}
}

// listed plants a cell of codes that is read otherwise than it stands, and named so many times.
func listed(name, file string, columns []string, cell, read string, warn bool, named ...string) fault {
	return fault{name, func(d *draft, p *pack) bool {
		column := pick(d.maker, columns)
		if !p.has(file, column) {
			return false
		}
		r := d.free(p, file)
		if r == nil {
			return false
		}
		r.spoil(column, cell, read)
		for _, v := range named {
			d.want = append(d.want, mark{pack: p, file: file, row: r, column: column, value: v, warn: warn})
		}
		return true
	}}
}

var brokenDates = []string{"2023-02-30", "2023-1-5", "20230105", "igår", "2023-13-01", "2023-00-10", "23-01-05", "0"}

var valueFaults = []fault{
	value("an unknown code", caseFile, oneCode, []string{"0", "99", "-1", "x", "1.5", "1|2", "kvinna", "9", "=1+1", "@a", "+x", "-x"}),
	value("an age that cannot be", caseFile, []string{"v15"}, []string{"-1", "121", "abc", "200", "34.5"}),
	value("a broken closing date", caseFile, []string{"v256"}, brokenDates),
	value("a broken date of support", supFile, []string{"v117", "slut"}, brokenDates),
	value("an unknown basis or provider", supFile, []string{"v126", "regi"}, []string{"0", "4", "ja"}),
	value("an unknown instrument", riskFile, []string{"instrument"}, []string{"0", "7", "FREDA", "1|2"}),
	value("a broken risk date", riskFile, []string{"datum"}, brokenDates),
	value("an unknown phase", riskFile, []string{"fas"}, []string{"Före", "innan", "1"}),
	value("a score that is no number", riskFile, []string{"skattning"}, []string{"låg", "1,2,3", "10 p"}),
	listed("unknown code in a list", caseFile, manyCodes, "1|99|2", "1|2", false, "99"),
	listed("unknown codes in a list", caseFile, manyCodes, "77|1|x", "1", false, "77", "x"),
	listed("only unknown codes in a list", caseFile, manyCodes, "15|-1", "", false, "15", "-1"),
	listed("an empty element", caseFile, manyCodes, "1||2", "1|2", false, ""),
	listed("a code twice", caseFile, manyCodes, "2|1|2", "1|2", true, "2"),
	listed("nobody and somebody", caseFile, []string{"v127"}, "0|3", "", false, "0|3"),
	listed("unknown support", supFile, []string{"v118"}, "20|4|10", "4|10", false, "20"),
	listed("only unknown support", supFile, []string{"v118"}, "0", "", false, "0"),
	listed("support twice", supFile, []string{"v118"}, "4|4", "4", true, "4"),
	{"closed before it came", func(d *draft, p *pack) bool {
		if !p.has(caseFile, "v256") {
			return false
		}
		r := d.free(p, caseFile)
		if r == nil {
			return false
		}
		early := day(r.good["v5"]).Add(-days1(1 + d.IntN(400))).Format("2006-01-02")
		r.spoil("v256", early, "")
		d.says(p, caseFile, r, "v256", early)
		return true
	}},
	{"support that ended before it began", func(d *draft, p *pack) bool {
		if !p.has(supFile, "v117", "slut") {
			return false
		}
		r := d.free(p, supFile)
		if r == nil {
			return false
		}
		r.set("v117", "2023-05-05")
		r.spoil("slut", "2023-05-04", "")
		d.says(p, supFile, r, "slut", "2023-05-04")
		return true
	}},
	{"a local value outside the list", func(d *draft, p *pack) bool {
		for _, l := range p.locals {
			if len(l.codes) == 0 || !p.has(locFile, l.name) {
				continue
			}
			if r := d.free(p, locFile); r != nil {
				r.spoil(l.name, "okänd", "")
				d.says(p, locFile, r, l.name, "okänd")
				return true
			}
		}
		return false
	}},
}

// leftOut plants broken values in a case so that it is left out, all of them named.
func leftOut(name string, broken map[string][]string) fault {
	return fault{name, func(d *draft, p *pack) bool {
		for column := range broken {
			if !p.has(caseFile, column) {
				return false
			}
		}
		r := d.free(p, caseFile)
		if r == nil || !d.drop(p, r) {
			return false
		}
		for column, values := range broken {
			r.text[column] = pick(d.maker, values)
			d.says(p, caseFile, r, column, r.text[column])
		}
		return true
	}}
}

var brokenPlaces = []string{"180", "01800", "0180a", "Sala", "18", "01800123", "0180-1"}

var rowFaults = []fault{
	{"no pseudonym", func(d *draft, p *pack) bool {
		r := d.free(p, caseFile)
		if r == nil {
			return false
		}
		rows := p.childrenByFile(r)
		if !d.drop(p, r) {
			return false
		}
		r.text["arende"] = ""
		d.says(p, caseFile, r, "arende", "")
		for file, all := range rows { // nobody can know whose they are
			for _, c := range all {
				d.says(p, file, c, "arende", c.text["arende"])
			}
		}
		return true
	}},
	leftOut("no place", map[string][]string{"v2": {""}}),
	leftOut("no intake", map[string][]string{"v5": {""}}),
	leftOut("a broken place", map[string][]string{"v2": brokenPlaces}),
	leftOut("a broken intake", map[string][]string{"v5": brokenDates}),
	leftOut("everything broken", map[string][]string{"v2": brokenPlaces, "v5": brokenDates, "v14": {"3"}, "v15": {"x"}, "v58": {"9"}}),
	{"a field too many", func(d *draft, p *pack) bool {
		r := d.free(p, caseFile)
		if r == nil || !d.drop(p, r) {
			return false
		}
		r.add = pick(d.maker, [][]string{{""}, {"x"}, {"1", "2"}})
		d.says(p, caseFile, r, "", "")
		return true
	}},
	{"a field too few", func(d *draft, p *pack) bool {
		r := d.free(p, caseFile)
		if r == nil || len(p.children(r)) > 0 || !d.drop(p, r) {
			return false
		}
		r.cut = 1 + d.IntN(3)
		d.says(p, caseFile, r, "", "")
		return true
	}},
	{"a field too many in a row of a case", func(d *draft, p *pack) bool {
		file := pick(d.maker, []string{supFile, riskFile, locFile})
		r := d.free(p, file)
		if r == nil {
			return false
		}
		r.gone, r.add = true, []string{"x"}
		d.says(p, file, r, "", "")
		return true
	}},
	{"the same case twice", func(d *draft, p *pack) bool {
		first := d.free(p, caseFile)
		if first == nil || !p.has(caseFile, "v14") {
			return false
		}
		again := newRow(map[string]string{"arende": first.good["arende"], "v2": "0180", "v5": "2023-01-01", "v14": "5"})
		again.gone, again.used = true, true
		s := p.sheets[caseFile]
		at := slices.Index(s.rows, first) + 1
		at += d.IntN(len(s.rows) - at + 1)
		s.rows = slices.Insert(s.rows, at, again)
		d.says(p, caseFile, again, "arende", first.good["arende"])
		d.says(p, caseFile, again, "v14", "5")
		return true
	}},
	{"a row of no case", func(d *draft, p *pack) bool {
		file := pick(d.maker, []string{supFile, riskFile, locFile})
		s := p.sheets[file]
		if s == nil {
			return false
		}
		r := newRow(map[string]string{"arende": "ingen-" + strconv.Itoa(d.IntN(100))})
		r.gone, r.used = true, true
		s.rows = slices.Insert(s.rows, d.IntN(len(s.rows)+1), r)
		d.says(p, file, r, "arende", r.text["arende"])
		return true
	}},
	{"a row that names no case", func(d *draft, p *pack) bool {
		file := pick(d.maker, []string{supFile, riskFile, locFile})
		r := d.free(p, file)
		if r == nil || len(p.sheets[file].columns) < 2 {
			return false
		}
		r.gone, r.text["arende"] = true, ""
		d.says(p, file, r, "arende", "")
		return true
	}},
}

// line gives the expected row of problems.csv, without the reason.
func (m mark) record() []string {
	line := m.line
	if m.row != nil {
		line = strconv.Itoa(m.pack.sheets[m.file].at(m.row))
	}
	severity := "fel"
	if m.warn {
		severity = "varning"
	}
	return []string{m.pack.path, m.file, line, m.column, m.value, severity}
}

// problemFaults compares problems.csv, without its header, with what must be named.
func (d *draft) problemFaults(got [][]string) (out []string) {
	left := slices.Clone(got)
	for _, m := range d.want {
		want := m.record()
		i := slices.IndexFunc(left, func(g []string) bool { return fits(want, g) })
		if i < 0 {
			out = append(out, fmt.Sprintf("not named: %q", want))
			continue
		}
		if left[i][6] == "" {
			out = append(out, fmt.Sprintf("no reason: %q", left[i]))
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, g := range left {
		out = append(out, fmt.Sprintf("named, though nothing is wrong: %q", g))
	}
	return out
}

func fits(want, got []string) bool {
	for i, w := range want {
		if w != "*" && got[i] != safe(w) {
			return false
		}
	}
	return true
}
