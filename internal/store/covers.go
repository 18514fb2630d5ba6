package store

import (
	"cmp"
	"database/sql"
	"slices"

	"foljsam/internal/record"
)

// Find says which covers a list shows. What is empty asks nothing.
type Find struct {
	Worker    string
	Units     []string
	Standings []record.Standing
	Missing   bool // only where something that is due is missing
	Discuss   bool // only what the group should talk about
	// MissingOrDiscuss shows what either of the two would.
	MissingOrDiscuss bool
	// Apart shows one standing after the other, in the order of Standings.
	Apart bool
	// Before shows what comes before a case, in the order by intake, and by standing where
	// those are apart.
	Before    *record.Cover
	NextBy    record.Day // a new assessment is due by then, the earliest first; NoDay: does not ask
	Newest    bool       // newest first; otherwise oldest first, by intake
	Skip, Top int        // Top 0: at most 100
	Most      int        // CountCovers: counts no further; 0: to the end
}

const cover = `id, unit, worker, code, previous, state, intake, closed, next_day, missing, progress, discuss, version, created, changed, changed_by, last_field`

// Covers gives the covers of the cases that are asked for. A list of several units and
// standings is put together from one for each, since each of those stands ready in order in
// an index: a page costs the same in a register of a hundred thousand cases. A later page of
// such a list costs more, for each of them is read up to it; so whoever asks ends somewhere.
func (t *Tx) Covers(f Find) (all []record.Cover, err error) {
	if f.Top <= 0 {
		f.Top = 100
	}
	if t.r.catalog != nil {
		return t.catalogCovers(f)
	}
	standings := f.apart()
	for i, g := range standings {
		g.Top = f.Top - len(all)
		some, err := t.together(g)
		all = append(all, some...)
		if err != nil || len(all) == f.Top || i == len(standings)-1 {
			return all, err
		}
		g.Most = 0
		n, err := t.CountCovers(g) // they are all behind us: at most Skip and Top
		if err != nil {
			return nil, err
		}
		for j := range standings {
			standings[j].Skip = max(0, g.Skip-n)
		}
	}
	return all, nil
}

// apart gives what is asked of each standing by itself, where they are to stand apart.
func (f Find) apart() []Find {
	if !f.Apart || len(f.Standings) < 2 {
		return []Find{f}
	}
	var all []Find
	for _, s := range f.Standings {
		g := f
		g.Standings = []record.Standing{s}
		if f.Before != nil && f.Before.Standing != s {
			g.Before = nil
		}
		all = append(all, g)
		if f.Before != nil && f.Before.Standing == s {
			break
		}
	}
	return all
}

// together gives the covers of the cases that are asked for, in one order.
func (t *Tx) together(f Find) (all []record.Cover, err error) {
	top, arms := f.Top, t.arms(f)
	for _, a := range arms {
		from, till := f.Skip, top
		if len(arms) > 1 {
			from, till = 0, f.Skip+top
		}
		err := t.c.each(func(rows *sql.Rows) error {
			x, err := readCover(rows)
			all = append(all, x)
			return err
		}, `SELECT `+cover+` FROM cases WHERE `+a.where+f.order()+` LIMIT ? OFFSET ?`, append(a.args, till, from)...)
		if err != nil {
			return nil, err
		}
	}
	if len(arms) > 1 {
		slices.SortStableFunc(all, f.compare)
		all = all[min(f.Skip, len(all)):min(f.Skip+top, len(all))]
	}
	return all, nil
}

// CountCovers gives how many cases are asked for, and counts no further than f.Most.
func (t *Tx) CountCovers(f Find) (n int, err error) {
	if t.r.catalog != nil {
		return t.catalogCount(f)
	}
	for _, g := range f.apart() {
		for _, a := range t.arms(g) {
			most := 0
			if f.Most > 0 {
				most = f.Most - n
			}
			one, err := t.count(a, most)
			if err != nil {
				return 0, err
			}
			if n += one; f.Most > 0 && n >= f.Most {
				return n, nil
			}
		}
	}
	return n, nil
}

// count counts the cases of a query, no further than most; 0: to the end.
func (t *Tx) count(a arm, most int) (n int, err error) {
	query, args := `SELECT count(*) FROM cases WHERE `+a.where, a.args
	if most > 0 {
		query, args = `SELECT count(*) FROM (SELECT 1 FROM cases WHERE `+a.where+` LIMIT ?) AS found`, append(slices.Clone(args), most)
	}
	_, err = t.c.one([]any{&n}, query, args...)
	return n, err
}

func (f Find) order() string {
	switch {
	case f.due():
		return ` ORDER BY next_day, id`
	case f.Newest:
		return ` ORDER BY intake DESC, id DESC`
	}
	return ` ORDER BY intake, id`
}

// compare orders covers as order does.
func (f Find) compare(a, b record.Cover) int {
	switch {
	case f.due():
		return cmp.Or(cmp.Compare(a.Next, b.Next), cmp.Compare(a.ID, b.ID))
	case f.Newest:
		return cmp.Or(cmp.Compare(b.Intake, a.Intake), cmp.Compare(b.ID, a.ID))
	}
	return cmp.Or(cmp.Compare(a.Intake, b.Intake), cmp.Compare(a.ID, b.ID))
}

// arm is one query of those that a list is put together from.
type arm struct {
	where string
	args  []any
}

func (a arm) and(what string, values ...any) arm {
	return arm{a.where + ` AND ` + what, append(slices.Clone(a.args), values...)}
}

// few tells whether the list asks for something that few cases have, and for which there is
// an index of those alone.
func (f Find) few() bool {
	return f.Missing || f.Discuss || f.MissingOrDiscuss || f.due()
}

func (f Find) due() bool { return f.NextBy != record.NoDay && f.NextBy != 0 }

// opens tells whether open cases are asked for where something is missing, or that the group
// should talk about. That is most open cases, and few of those that the index of such has:
// there are many years of closed ones beside them.
func (f Find) opens() bool {
	return (f.Missing || f.MissingOrDiscuss) && !f.Discuss && slices.Equal(f.Standings, []record.Standing{record.Open})
}

// shuts tells whether closed cases are asked for where something is missing, or that the group
// should talk about. The index of such cases has the open ones among them: where those are
// too many to pass by, the closed ones are better looked through.
func (f Find) shuts() bool {
	return (f.Missing || f.MissingOrDiscuss) && !f.Discuss && slices.Equal(f.Standings, []record.Standing{record.Shut})
}

// manyOpen is how many open cases are too many to pass by.
const manyOpen = 2000

// openBeside tells whether a caseworker, or else a unit, has too many open cases to pass by.
func (t *Tx) openBeside(owner arm) bool {
	n, err := t.count(owner.and(`state = ?`, string(record.Open)), manyOpen+1)
	return err == nil && n > manyOpen // where there is an error, the next query tells
}

// arms gives the queries. An index has the caseworker, or else the unit, and then the
// standing; where few cases are asked for, the standing is looked at case by case (the empty
// text added to it keeps the database from choosing the other index).
func (t *Tx) arms(f Find) []arm {
	all := t.owners(f)
	for i, owner := range all {
		all[i] = f.rest(owner)
		switch {
		case len(f.Standings) == 0 || !f.few() || f.opens():
		case f.shuts() && t.openBeside(owner):
			all[i] = all[i].and(`state = ?`, string(record.Shut))
		default:
			all[i] = all[i].and(in(`state || ''`, len(f.Standings)), anys(f.Standings)...)
		}
	}
	if len(f.Standings) > 0 && (!f.few() || f.opens()) {
		all = split(all, `state = ?`, f.Standings)
	}
	return all
}

// owners begins a query for the caseworker, or for each of the units.
func (t *Tx) owners(f Find) []arm {
	all := []arm{{`register = ?`, []any{t.r.id}}}
	switch {
	case f.Worker != "" && f.due() && len(f.Units) > 0:
		all[0] = all[0].and(`worker || '' = ?`, f.Worker)
	case f.Worker != "":
		return []arm{all[0].and(`worker = ?`, f.Worker)}
	case len(f.Units) == 0:
		return all
	}
	return split(all, `unit = ?`, f.Units)
}

func split[T ~string](arms []arm, what string, values []T) (all []arm) {
	for _, a := range arms {
		for _, v := range values {
			all = append(all, a.and(what, string(v)))
		}
	}
	return all
}

// rest adds what no index begins with.
func (f Find) rest(a arm) arm {
	if !f.Discuss && (f.Missing || f.MissingOrDiscuss) || f.Worker != "" && f.Discuss {
		a = a.and(`(missing > 0 OR discuss = 1)`)
	}
	if f.Worker != "" && len(f.Units) > 0 && !f.due() {
		a = a.and(in(`unit || ''`, len(f.Units)), anys(f.Units)...)
	}
	if f.Missing {
		a = a.and(`missing > 0`)
	}
	if f.Discuss {
		a = a.and(`discuss = 1`)
	}
	if f.Before != nil {
		a = a.and(`(intake, id) < (?, ?)`, writeDay(f.Before.Intake), f.Before.ID)
	}
	if f.due() {
		a = a.and(`next_day <> ''`).and(`next_day <= ?`, writeDay(f.NextBy))
	}
	return a
}

func in(column string, n int) string {
	q := column + ` IN (?`
	for range n - 1 {
		q += `, ?`
	}
	return q + `)`
}

// anys gives values as text to a query.
func anys[T ~string](values []T) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

func readCover(rows *sql.Rows) (record.Cover, error) { return readCoverAnd(rows) }

// readCoverAnd reads a cover, and what the query asks for after it.
func readCoverAnd(rows *sql.Rows, more ...any) (x record.Cover, err error) {
	var state, intake, closed, next, progress, created, changed string
	var discuss int
	err = rows.Scan(append([]any{&x.ID, &x.Unit, &x.Worker, &x.Code, &x.Previous, &state, &intake, &closed, &next, &x.Missing, &progress, &discuss, &x.Version, &created, &changed, &x.By, &x.Last}, more...)...)
	x.Standing, x.Discuss = record.Standing(state), discuss == 1
	x.Intake, x.Closed, x.Next = readDay(intake), readDay(closed), readDay(next)
	x.Created, x.Changed = readTime(created), readTime(changed)
	x.Progress = record.ReadProgress(progress)
	return x, err
}
