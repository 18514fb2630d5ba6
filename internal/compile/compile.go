// Package compile makes a release out of packages: cases in, columns, tables, what may
// be shown. It knows no database and no user; web and cli share it. It writes nothing.
package compile

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// Options say what is compiled and how.
type Options struct {
	Packages    []string           // folders or zips
	By          []string           // of query.Splits; empty: the whole
	From, Till  time.Time          // keeps the cases taken in then; zero: no end
	Publish     bool               // for publication, not internal
	Inhabitants map[string]int     // by municipality's code, for "storlek"
	Codebook    *codebook.Codebook // nil: the common one
	Cross       *Cross             // a free cross table instead of the report's tables
	MaxUnpacked int64
	Progress    func(done, total int64)
}

// Cross is a question of two variables or groupings, and which cases it is about.
type Cross struct {
	A, B  string // "v59", "alder"
	Where string // as query.Parse reads it; empty: all cases
}

// Result is what a compilation gives. Release is nil when no package could be used.
type Result struct {
	Release  *disclosure.Release
	Problems []fault.Problem
}

// Run compiles. The error is about the question or the machine; what is wrong with the
// packages is in the result's Problems.
func Run(ctx context.Context, opt Options) (*Result, error) {
	if opt.Codebook == nil {
		opt.Codebook = codebook.Default()
	}
	if err := checkSplits(opt); err != nil {
		return nil, err
	}
	tables, err := tablesOf(opt)
	if err != nil {
		return nil, err
	}
	layout := record.NewLayout(opt.Codebook)
	got, err := exchange.Read(ctx, opt.Packages, exchange.Options{Layout: layout, MaxUnpacked: opt.MaxUnpacked, Progress: opt.Progress})
	if err != nil {
		return nil, err
	}
	result := &Result{Problems: got.Problems}
	if len(got.Packages) == 0 {
		return result, nil
	}
	keepPeriod(got.Packages, opt.From, opt.Till)
	local := chooseLocal(got.Packages)
	about := describe(opt, got.Packages)
	if opt.Cross == nil {
		tables = append(tables, local.tables...)
	}
	result.Release, err = release(tabulate.Build(layout, takeBatches(got.Packages)), opt, about, tables)
	if err == nil {
		local.note(result.Release)
	}
	return result, err
}

// tablesOf gives the tables that are asked for, but for those of local variables.
func tablesOf(opt Options) ([]*query.Table, error) {
	if opt.Cross == nil {
		return query.Report(opt.Codebook), nil
	}
	filter := query.All()
	if opt.Cross.Where != "" {
		var err error
		if filter, err = query.Parse(opt.Codebook, opt.Cross.Where); err != nil {
			return nil, err
		}
	}
	t, err := query.Cross(opt.Codebook, opt.Cross.A, opt.Cross.B, filter)
	return []*query.Table{t}, err
}

// release counts tables and releases them together.
func release(cols *tabulate.Columns, opt Options, about *disclosure.About, tables []*query.Table) (*disclosure.Release, error) {
	about.Municipalities = len(cols.Segments())
	parts, err := count(cols, opt, tables)
	if err != nil {
		return nil, err
	}
	return disclosure.New(about, parts)
}

// count counts the tables in every split that is asked for.
func count(cols *tabulate.Columns, opt Options, tables []*query.Table) ([]disclosure.Part, error) {
	var parts []disclosure.Part
	for _, split := range splits(cols, opt) {
		apt := withoutOwn(split, tables)
		units, err := tabulate.Count(cols, split, apt)
		if err != nil {
			return nil, err
		}
		parts = append(parts, disclosure.Part{Split: split, Tables: apt, Counts: units})
	}
	return parts, nil
}

// withoutOwn leaves out the tables whose dimension a split already is: the frequency of
// the activity, split by activity, would have one dimension twice and say nothing.
func withoutOwn(split query.Split, tables []*query.Table) []*query.Table {
	return slices.DeleteFunc(slices.Clone(tables), func(t *query.Table) bool {
		return slices.ContainsFunc(t.Dims, func(d query.Dim) bool { return d.ID == split.ID })
	})
}

// takeBatches gives the packages' cases and lets go of them, so that they need not be
// held beside the columns.
func takeBatches(packages []*exchange.Package) []*record.Batch {
	batches := make([]*record.Batch, len(packages))
	for i, p := range packages {
		batches[i], p.Batch = p.Batch, nil
	}
	return batches
}

// keepPeriod keeps the cases taken in from one day till another.
func keepPeriod(packages []*exchange.Package, from, till time.Time) {
	if from.IsZero() && till.IsZero() {
		return
	}
	for _, p := range packages {
		b := p.Batch
		b.Keep(func(i int) bool {
			day := b.Intake[i]
			return (from.IsZero() || day >= record.DayOf(from)) && (till.IsZero() || day <= record.DayOf(till))
		})
	}
}
