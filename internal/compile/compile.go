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
	MaxUnpacked int64
	Progress    func(done, total int64)
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
	result.Release, err = release(tabulate.Build(layout, takeBatches(got.Packages)), opt, about, local)
	return result, err
}

// release counts the report's tables and the local ones, and releases them.
func release(cols *tabulate.Columns, opt Options, about *disclosure.About, local localTables) (*disclosure.Release, error) {
	about.Municipalities = len(cols.Segments())
	parts, err := count(cols, opt, append(query.Report(opt.Codebook), local.tables...))
	if err != nil {
		return nil, err
	}
	r, err := disclosure.New(about, parts)
	if err == nil {
		local.note(r)
	}
	return r, err
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
