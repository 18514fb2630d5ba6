package compile

import (
	"slices"
	"strconv"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/stat"
)

// A Course is one case in time: when it came in, when and why it was closed. Reason is a code
// of the reasons for closing; 0: not registered. Closed is record.NoDay while it is open.
type Course struct {
	Intake, Closed record.Day
	Reason         int
}

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

// followed gives the spells of cases in a period: from its first day or from intake, whichever
// is later, till closing, the period's last day or the day of reading, whichever is first.
func followed(courses []Course, causes []int, from, till record.Day) (spells []stat.Spell) {
	for _, c := range courses {
		if c.Intake > till || c.Closed != record.NoDay && (c.Closed < from || c.Closed < c.Intake) {
			continue
		}
		s := stat.Spell{Entry: max(0, int(from-c.Intake)) - 1, Exit: int(till - c.Intake)}
		if c.Closed != record.NoDay && c.Closed <= till {
			s.Exit, s.Cause = int(c.Closed-c.Intake), slices.Index(causes, c.Reason)+1
		}
		spells = append(spells, s)
	}
	return spells
}

// IncidenceOf estimates from the courses of cases. from is the period's first day (before all:
// no period), till its last or the day of reading.
func IncidenceOf(courses []Course, c Chosen, from, till record.Day) (*Incidence, error) {
	reason := c.Codebook.Role(codebook.ClosingReason)
	causes := []int{}
	for _, x := range reason.Codes {
		causes = append(causes, x.Code)
	}
	causes = append(causes, 0)
	spells := followed(courses, causes, from, till)
	t := incidenceTables(reason)
	rel, err := disclosure.New(c.about(), []disclosure.Part{{Split: query.Whole(), Tables: t, Counts: tally(spells, len(causes))}})
	if err != nil {
		return nil, err
	}
	x := &Incidence{Release: rel, Ended: rel.Table("", endedTable), AtRisk: rel.Table("", atRiskTable)}
	x.Late = rel.Table("", lateTable).Cell(0, 0).Count
	steps := stat.Incidence(spells, len(causes))
	for _, s := range steps {
		x.Steps = append(x.Steps, x.step(s, s.Day))
	}
	for _, day := range IncidenceDays {
		x.Marks = append(x.Marks, x.step(stat.At(steps, day, len(causes)), day))
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

// tally counts first and names the sets once: a name takes longer than a case.
func tally(spells []stat.Spell, causes int) tallied {
	by, open, tardy := make([]int64, causes+1), make([]int64, len(IncidenceDays)), int64(0)
	for _, s := range spells {
		by[s.Cause]++
		if s.Entry >= 0 {
			tardy++
		}
		for i, d := range IncidenceDays {
			if s.Entry < d && s.Exit >= d {
				open[i]++
			}
		}
	}
	n := tallied{query.All().String(): int64(len(spells)), late().String(): tardy}
	for cause, cases := range by {
		n[ended(cause).String()] = cases
	}
	for i, d := range IncidenceDays {
		n[atRisk(d).String()] = open[i]
	}
	return n
}

func (n tallied) Count(_ int, s query.Set) int64 { return n[s.String()] }

func (n tallied) Sum(int, query.Set, query.Numeric) int64 { return 0 }
