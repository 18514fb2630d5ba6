package compile

import (
	"slices"
	"strconv"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/stat"
	"foljsam/internal/tabulate"
)

// Incidence is how large a share of cases has been closed for each reason within so many
// days, those still open taken into account.
type Incidence struct {
	Release *disclosure.Release
	Ended   *disclosure.Released // cases by how following them ended: each reason, none registered, still open
	AtRisk  *disclosure.Released // cases that were still followed and open, by Marks
	Late    disclosure.Value     // of all, those that were open when the period began
	Steps   []IncidenceStep      // at each day when a case was closed
	Marks   []IncidenceStep      // at some days
}

// IncidenceStep is what is known from a day on: an estimate for each reason, in percent.
type IncidenceStep struct {
	Day   int
	Share []disclosure.Estimate
}

// IncidenceDays are the days that tables of incidence show.
var IncidenceDays = []int{30, 90, 180, 270, 360, 540, 720}

// The tables of an incidence.
const (
	endedTable  = "tid_orsak"
	atRiskTable = "tid_oppna"
	lateTable   = "tid_tidigare"
)

// follower follows cases in a period, and counts them as they come.
type follower struct {
	from, till record.Day
	causes     []int // codes of the reasons, and 0 for none
	days       *stat.Followed
	by, open   []int64 // by cause, 0 for those still open; by IncidenceDays
	all, late  int64
}

// follow adds a case: from the period's first day or from intake, whichever is later, till closing,
// the period's last day or the day of reading, whichever is first.
func (f *follower) follow(c tabulate.Course) {
	closed := record.NoDay
	if c.Days != record.NoNumber {
		closed = c.Intake + record.Day(c.Days)
	}
	if c.Intake > f.till || f.from > f.till || closed != record.NoDay && closed < f.from {
		return
	}
	s := stat.Spell{Entry: max(0, int(f.from-c.Intake)) - 1, Exit: int(f.till - c.Intake)}
	if closed != record.NoDay && closed <= f.till {
		s.Exit, s.Cause = int(closed-c.Intake), slices.Index(f.causes, c.Reason)+1
	}
	f.days.Add(s)
	f.by[s.Cause]++
	f.all++
	if s.Entry >= 0 {
		f.late++
	}
	for i, d := range IncidenceDays {
		if s.Entry < d && s.Exit >= d {
			f.open[i]++
		}
	}
}

// IncidenceOf estimates from the cases of some units in time. from is the period's first day
// (before all: no period), till its last or the day of reading.
func IncidenceOf(cols *tabulate.Columns, units query.Set, c Chosen, from, till record.Day) (*Incidence, error) {
	reason := c.Codebook.Role(codebook.ClosingReason)
	f := &follower{from: from, till: till, open: make([]int64, len(IncidenceDays))}
	for _, x := range reason.Codes {
		f.causes = append(f.causes, x.Code)
	}
	f.causes = append(f.causes, 0)
	f.days, f.by = stat.NewFollowed(len(f.causes)), make([]int64, len(f.causes)+1)
	if err := cols.EachCourse(units, f.follow); err != nil {
		return nil, err
	}
	rel, err := disclosure.New(c.about(), []disclosure.Part{{Split: query.Whole(), Tables: incidenceTables(reason), Counts: f.tally()}})
	if err != nil {
		return nil, err
	}
	x := &Incidence{Release: rel, Ended: rel.Table("", endedTable), AtRisk: rel.Table("", atRiskTable)}
	x.Late = rel.Table("", lateTable).Cell(0, 0).Count
	steps := f.days.Incidence()
	for _, s := range steps {
		x.Steps = append(x.Steps, x.step(s, s.Day))
	}
	for _, day := range IncidenceDays {
		x.Marks = append(x.Marks, x.step(stat.At(steps, day, len(f.causes)), day))
	}
	return x, nil
}

func (x *Incidence) step(s stat.Step, day int) IncidenceStep {
	out := IncidenceStep{Day: day}
	for k, f := range s.Share {
		n := x.Ended.Cell(0, k).Count
		if f == 0 {
			out.Share = append(out.Share, x.Release.Estimate(0, 0, 0, level, "stat.loglog", n))
			continue
		}
		i := s.Interval(k, level)
		out.Share = append(out.Share, x.Release.Estimate(100*f, 100*i.Low, 100*i.High, level, "stat.loglog", n, x.Ended.Base(0, 0)))
	}
	return out
}

// ended is the spells that ended so: 1 and up for the reasons, 0 for those still open.
func ended(cause int) query.Set { return query.Local("tid.slut", cause) }

func atRisk(day int) query.Set { return query.Local("tid.oppna", day) }

func late() query.Set { return query.Local("tid.tidigare", 0) }

func incidenceTables(reason *codebook.Variable) []*query.Table {
	how := query.Dim{ID: "orsak", Label: codebook.Label{Text: reason.Label}, Parts: true}
	add := func(id string, label codebook.Label) {
		how.Cats = append(how.Cats, query.Cat{ID: id, Label: label, Set: ended(len(how.Cats) + 1)})
	}
	for _, c := range reason.Codes {
		add(strconv.Itoa(c.Code), codebook.Label{Text: c.Label})
	}
	add("okand", codebook.Label{Key: "cat.orsak_okand"})
	how.Cats = append(how.Cats, query.Cat{ID: "oppet", Label: codebook.Label{Key: "cat.orsak_oppet"}, Set: ended(0)})
	days := query.Dim{ID: "dag", Label: codebook.Label{Key: "dim.dag"}}
	for _, d := range IncidenceDays {
		days.Cats = append(days.Cats, query.Cat{ID: strconv.Itoa(d), Set: atRisk(d)})
	}
	before := query.Dim{ID: "tidigare", Cats: []query.Cat{{ID: "ja", Set: late()}}}
	return []*query.Table{inAll(endedTable, how), inAll(atRiskTable, days), inAll(lateTable, before)}
}

// inAll is a table of a dimension over all that is followed.
func inAll(id string, d query.Dim) *query.Table {
	t := &query.Table{ID: id, Title: codebook.Label{Key: "table." + id}, Dims: []query.Dim{d}}
	for _, c := range d.Cats {
		t.Cells = append(t.Cells, query.Cell{Set: c.Set, Base: query.All()})
	}
	return t
}

// tallied is counts of spells by the names of sets.
type tallied map[string]int64

// tally names what was counted.
func (f *follower) tally() tallied {
	n := tallied{query.All().String(): f.all, late().String(): f.late}
	for cause, cases := range f.by {
		n[ended(cause).String()] = cases
	}
	for i, d := range IncidenceDays {
		n[atRisk(d).String()] = f.open[i]
	}
	return n
}

func (n tallied) Count(_ int, s query.Set) int64 { return n[s.String()] }

func (n tallied) Sum(int, query.Set, query.Numeric) int64 { return 0 }
