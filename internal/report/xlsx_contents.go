package report

import (
	"strconv"
	"strings"

	"foljsam/internal/chart"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
)

// contents writes the first sheet: what the workbook is, and a link to every table.
func (b *book) contents() error {
	name := b.p.T("xlsx.contents")
	if err := b.f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	s, err := b.newSheet(name, 1, 22, 80, 34)
	if err != nil {
		return err
	}
	s.say(b.looks.title, b.title())
	for _, fact := range b.statements() {
		s.say(b.looks.strong, fact)
	}
	for _, fact := range b.facts() {
		s.say(b.looks.text, fact)
	}
	if b.board != nil {
		s.told(*b.board)
	}
	s.row++
	s.heads(b.p.T("xlsx.sheet"), b.p.T("xlsx.table"), "N")
	for _, t := range b.sheets {
		n := b.p.T("xlsx.per_unit")
		if t.table.Split().ID == "" {
			n = chart.Of(t.table, 0, b.p).N
		}
		s.line(s.text(b.looks.link, t.name), s.text(b.looks.wrapped, b.titleOf(t)), s.text(b.looks.wrapped, n))
		s.link(1, t.name)
	}
	s.line(s.text(b.looks.link, b.p.T("xlsx.definitions")))
	s.link(1, b.p.T("xlsx.definitions"))
	s.row++
	s.say(b.looks.strong, b.p.T("xlsx.marks"))
	for _, m := range []disclosure.State{disclosure.Masked, disclosure.Missing, disclosure.NotApplicable} {
		s.say(b.looks.text, chart.Mark(b.rel.About, m, b.p))
	}
	s.say(b.looks.text, b.p.T("xlsx.mark_zero"))
	return s.close()
}

func (b *book) titleOf(t tableSheet) string {
	title := t.table.Table().Title.In(b.p)
	if split := t.table.Split(); split.ID != "" {
		title += " " + b.p.T("xlsx.split") + ": " + split.Label.In(b.p)
	}
	return title
}

// statements are what nobody may miss.
func (b *book) statements() []string {
	all := []string{b.audience()}
	if b.rel.About.Synthetic {
		all = append(all, b.p.T("xlsx.synthetic"))
	}
	return all
}

// facts are what every number can answer for itself with.
func (b *book) facts() (all []string) {
	a := b.rel.About
	if b.board != nil {
		all = append(all, b.board.paper.From)
		for _, f := range b.board.facts() {
			all = append(all, f.Name+": "+f.Text)
		}
		return all
	}
	all = []string{b.period(), b.readDays()}
	if a.Municipalities > 0 {
		all = append(all, b.p.T("xlsx.municipalities", "n", a.Municipalities))
	}
	all = append(all, b.p.T("xlsx.codebook", "id", a.Codebook.ID, "version", a.Codebook.Version))
	var coverage []string
	for i, n := range a.Coverage {
		if n > 0 {
			coverage = append(coverage, b.p.T("xlsx.coverage_"+strconv.Itoa(i), "count", n))
		}
	}
	if len(coverage) > 0 {
		all = append(all, b.p.T("xlsx.coverage", "list", strings.Join(coverage, ", ")))
	}
	var said []string
	for _, s := range all {
		if s != "" {
			said = append(said, s)
		}
	}
	return said
}

func (b *book) period() string {
	a := b.rel.About
	if a.From.IsZero() && a.Till.IsZero() {
		return b.p.T("xlsx.period_all")
	}
	from, till := "", ""
	if !a.From.IsZero() {
		from = b.p.Date(a.From)
	}
	if !a.Till.IsZero() {
		till = b.p.Date(a.Till)
	}
	return b.p.T("xlsx.period", "from", from, "till", till)
}

// readDays says when the data was read; empty where nobody has said.
func (b *book) readDays() string {
	from, till := b.rel.About.Read[0], b.rel.About.Read[1]
	switch {
	case till.IsZero():
		return ""
	case b.p.Date(from) == b.p.Date(till):
		return b.p.T("xlsx.read_once", "day", b.p.Date(till))
	}
	return b.p.T("xlsx.read", "from", b.p.Date(from), "till", b.p.Date(till))
}

// definitions writes the last sheet: of every table what it is, of whom, by which rule.
func (b *book) definitions() error {
	s, err := b.newSheet(b.p.T("xlsx.definitions"), 1, 20, 46, 46, 40, 30, 34, 30, 30)
	if err != nil {
		return err
	}
	s.heads(b.p.T("xlsx.sheet"), b.p.T("xlsx.table"), b.p.T("xlsx.base"), b.p.T("xlsx.rule"), "N", b.p.T("xlsx.missing"), b.p.T("xlsx.version"), b.p.T("xlsx.period_head"))
	for _, t := range b.sheets {
		cells := []any{s.text(b.looks.link, t.name)}
		for _, text := range b.definition(t) {
			cells = append(cells, s.text(b.looks.wrapped, text))
		}
		s.line(cells...)
		s.link(1, t.name)
	}
	s.repeat(1)
	return s.close()
}

func (b *book) definition(t tableSheet) []string {
	table := t.table.Table()
	n, missing := b.p.T("xlsx.per_unit"), b.p.T("xlsx.per_unit")
	if t.table.Split().ID == "" {
		n, missing = chart.Of(t.table, 0, b.p).N, chart.Missing(b.rel, t.table, 0, b.p)
	}
	return []string{b.titleOf(t), chart.BaseOf(table, b.p), ruleOf(t.table), n, missing, version(b.rel.About.Codebook), b.period()}
}

// ruleOf names the sets that the table is a share of, in the words of the queries: the
// base and its dimensions. Of many bases the first are named.
func ruleOf(r *disclosure.Released) string {
	var bases, dims []string
	for _, base := range r.Table().Bases() {
		if len(bases) == 3 {
			bases = append(bases, "…")
			break
		}
		bases = append(bases, base.String())
	}
	for _, d := range r.Table().Dims {
		dims = append(dims, d.ID)
	}
	return strings.Join(dims, " × ") + " | " + strings.Join(bases, "; ")
}

func version(cb *codebook.Codebook) string { return cb.ID + " " + cb.Version }

// told writes what the paper says in words: the first sentence of every part, what has changed,
// and what was decided.
func (s *xlsxSheet) told(b board) {
	k := s.b.looks
	s.row++
	s.say(k.strong, b.p.T("report.summary"))
	for _, line := range b.summary() {
		s.say(k.text, line)
	}
	for _, c := range b.chapters() {
		if line := b.changeOf(c); line != "" {
			s.say(k.text, b.p.T("board.part_"+c.id)+" "+line)
		}
	}
	if len(b.paper.Thoughts) > 0 {
		s.say(k.strong, b.p.T("board.part_beslut"))
	}
	for _, t := range b.paper.Thoughts {
		s.say(k.text, t.Title+": "+t.Text+" ("+t.When+")")
	}
}
