package oracle

import (
	"maps"
	"slices"
	"strings"
)

// marks a column of a file.
func (d *draft) column(p *pack, file, column string, warn bool) {
	d.want = append(d.want, mark{pack: p, file: file, line: "1", column: column, warn: warn})
}

// marks a file or the whole package.
func (d *draft) whole(p *pack, file string, warn bool) {
	d.want = append(d.want, mark{pack: p, file: file, warn: warn})
}

// leave leaves the package out, with one problem instead of all that it had.
func (d *draft) leave(p *pack, m mark) bool {
	d.forget(p)
	m.pack, p.gone = p, true
	d.want = append(d.want, m)
	return true
}

// forget drops what was to be said of a package.
func (d *draft) forget(p *pack) {
	d.want = slices.DeleteFunc(d.want, func(m mark) bool { return m.pack == p })
}

// clean tells whether nothing is wrong with the package yet.
func (d *draft) clean(p *pack) bool {
	return !p.gone && !p.fixed && !slices.ContainsFunc(d.want, func(m mark) bool { return m.pack == p })
}

// without takes a column away.
func without(p *pack, file, column string) bool {
	if !p.has(file, column) {
		return false
	}
	s := p.sheets[file]
	s.columns = slices.DeleteFunc(s.columns, func(c string) bool { return c == column })
	return true
}

// touched tells whether a fault stands in a row of the file.
func touched(p *pack, file string) bool {
	s := p.sheets[file]
	return s == nil || slices.ContainsFunc(s.rows, func(r *row) bool { return r.used })
}

func broken(name, text string) fault {
	return fault{name, func(d *draft, p *pack) bool {
		if !d.clean(p) {
			return false
		}
		p.desc = []byte(text)
		return d.leave(p, mark{file: descFile})
	}}
}

func missingFile(file string) fault {
	return fault{"no " + file, func(d *draft, p *pack) bool {
		if touched(p, file) || slices.ContainsFunc(d.want, func(m mark) bool { return m.pack == p && m.file == file }) {
			return false
		}
		delete(p.sheets, file)
		d.whole(p, file, true)
		return true
	}}
}

func missingColumn(file string, columns ...string) fault {
	return fault{"a column is missing in " + file, func(d *draft, p *pack) bool {
		column := pick(d.maker, columns)
		if touched(p, file) || !without(p, file, column) {
			return false
		}
		d.column(p, file, column, true)
		return true
	}}
}

func missingRequired(file string, columns ...string) fault {
	return fault{"a required column is missing in " + file, func(d *draft, p *pack) bool {
		column := pick(d.maker, columns)
		if !d.clean(p) || !without(p, file, column) {
			return false
		}
		return d.leave(p, mark{file: file, line: "1", column: column})
	}}
}

func badMember(name string) fault {
	return fault{"a member of the zip at " + name, func(d *draft, p *pack) bool {
		if !p.zipped || len(p.more) > 0 {
			return false
		}
		p.more = map[string]string{name: "arende\nond\n"}
		d.want = append(d.want, mark{pack: p, file: name, column: "*", value: "*"})
		return true
	}}
}

// stated plants a value in the package's own statement.
func stated(key string, value any, text string) fault {
	return fault{key + " " + text, func(d *draft, p *pack) bool {
		if p.gone || d.stands(p, key) {
			return false
		}
		p.meta[key] = value
		d.want = append(d.want, mark{pack: p, file: descFile, column: key, value: text})
		return true
	}}
}

// stands tells whether something is said of a column already.
func (d *draft) stands(p *pack, column string) bool {
	return slices.ContainsFunc(d.want, func(m mark) bool { return m.pack == p && m.column == column })
}

var packFaults = []fault{
	broken("a description that is no JSON", "{"),
	broken("a description that is a list", "[]"),
	broken("an empty description", ""),
	missingFile(supFile), missingFile(riskFile),
	missingColumn(caseFile, "klient", "v1", "v14", "v15", "v19", "v49", "v127", "v256", "v257", "v212"),
	missingColumn(supFile, "v117", "slut", "v118", "v126", "regi"),
	missingColumn(riskFile, "datum", "fas", "instrument", "skattning"),
	missingRequired(caseFile, "arende", "v2", "v5"),
	missingRequired(supFile, "arende"), missingRequired(riskFile, "arende"),
	badMember("../ond.csv"), badMember("/ond.csv"), badMember("C:/ond.csv"), badMember("a/../../ond.csv"),
	stated("tackning", 5, "5"), stated("tackning", 0, "0"), stated("omfattning", 4, "4"),
	{"nobody said when", func(d *draft, p *pack) bool {
		if p.gone || d.stands(p, "created") {
			return false
		}
		delete(p.meta, "created")
		d.want = append(d.want, mark{pack: p, file: descFile, column: "created", warn: true})
		return true
	}},
	{"a column that nobody asked for", func(d *draft, p *pack) bool {
		file := pick(d.maker, []string{caseFile, supFile, riskFile})
		s := p.sheets[file]
		if s == nil || p.has(file, "personnummer") {
			return false
		}
		s.columns = slices.Insert(s.columns, d.IntN(len(s.columns)+1), "personnummer")
		for _, r := range s.rows {
			r.text["personnummer"] = pick(d.maker, []string{"", "19900101-0000", "rad\nbrytning"})
		}
		d.column(p, file, "personnummer", false)
		return true
	}},
	{"cases in an empty file", func(d *draft, p *pack) bool {
		if !d.clean(p) {
			return false
		}
		p.sheets[caseFile].raw = []byte{}
		return d.leave(p, mark{file: caseFile})
	}},
	{"no cases file", func(d *draft, p *pack) bool {
		if !d.clean(p) {
			return false
		}
		delete(p.sheets, caseFile)
		return d.leave(p, mark{file: caseFile})
	}},
	{"a header and no case", func(d *draft, p *pack) bool {
		if !d.clean(p) {
			return false
		}
		for _, name := range []string{caseFile, supFile, riskFile} {
			p.sheets[name].rows = nil
		}
		delete(p.sheets, locFile)
		p.sheets[supFile].rows, p.sheets[riskFile].rows = nil, nil
		d.want = append(d.want, mark{pack: p, file: caseFile, line: "*", warn: true})
		return true
	}},
	{"a package again", func(d *draft, p *pack) bool {
		if p.gone || p.fixed {
			return false
		}
		again := p.again(d.maker)
		d.forget(p)
		p.gone = true
		d.packs = append(d.packs, again)
		d.want = append(d.want, mark{pack: p, file: descFile, column: "*", value: "*", warn: true})
		return true
	}},
	{"a case in two packages", func(d *draft, p *pack) bool {
		if !d.clean(p) || p.sheets[caseFile] == nil {
			return false
		}
		r := d.free(p, caseFile)
		if r == nil {
			return false
		}
		later := d.pack(len(d.packs), p.register(), d.locals())
		same := newRow(map[string]string{"arende": r.good["arende"], "v2": "0980", "v5": "2024-02-03", "v14": "2"})
		same.used, later.fixed = true, true
		later.sheets[caseFile].rows = append(later.sheets[caseFile].rows, same)
		d.packs = append(d.packs, later)
		d.want = append(d.want, mark{pack: p, file: caseFile, value: "*", warn: true})
		return true
	}},
}

// again makes a second edition of a package: the same identity, other cases.
func (p *pack) again(m *maker) *pack {
	q := m.pack(99, "", m.locals())
	meta := maps.Clone(q.meta)
	for _, key := range []string{"id", "name", "register"} {
		delete(meta, key)
		if p.meta[key] != nil {
			meta[key] = p.meta[key]
		}
	}
	q.meta = meta
	q.path = strings.TrimSuffix(p.path, ".zip") + "-igen"
	if q.zipped {
		q.path += ".zip"
	}
	return q
}
