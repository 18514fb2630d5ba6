package cli

import (
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"foljsam/internal/compile"
	"foljsam/internal/exchange"
	"foljsam/internal/query"
	"foljsam/internal/report"
)

// The files of a compilation, in its folder.
const (
	tablesFolder  = "tables"
	reportFile    = "report.html"
	workbookFile  = "tables.xlsx"
	problemsFile  = "problems.csv"
	publishedFile = "publicerat.json"
)

// writeResult writes a compilation to a folder. When no package could be used, only the
// problems are written, and what an earlier run left is left.
func (s *session) writeResult(dir, truth string, r *compile.Result, masked bool) ([]output, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, cannotWrite(dir, err)
	}
	if truth != "" && r.Release != nil {
		if err := replaceFile(truth, r.Release.WriteTruth); err != nil {
			return nil, err
		}
	}
	files := s.outputs(r, masked)
	if err := writeFiles(s.ctx, dir, files); err != nil || r.Release == nil {
		return files, err
	}
	return files, removeOld(dir, files, r)
}

// outputs lists the files of a compilation, those that take longest first.
func (s *session) outputs(r *compile.Result, masked bool) []output {
	problems := output{problemsFile, func(w io.Writer) error { return exchange.WriteProblems(w, r.Problems, s.text) }}
	if r.Release == nil {
		return []output{problems}
	}
	files := []output{
		{workbookFile, func(w io.Writer) error { return report.WriteXLSX(w, r.Release, s.text) }},
		{reportFile, func(w io.Writer) error { return report.WriteHTML(w, r.Release, s.text) }},
		problems,
	}
	if masked {
		files = append(files, output{publishedFile, r.Release.WritePublished})
	}
	return append(files, s.tableOutputs(r)...)
}

// tableOutputs lists the tables' files. With several splits each has a folder of its own.
func (s *session) tableOutputs(r *compile.Result) (files []output) {
	tables := r.Release.Tables
	first := tables[0].Split().ID
	for _, t := range tables {
		folder := tablesFolder
		if tables[len(tables)-1].Split().ID != first {
			folder = path.Join(tablesFolder, t.Split().ID)
		}
		name := path.Join(folder, t.ID())
		files = append(files,
			output{name + ".json", func(w io.Writer) error { return exchange.WriteJSONStat(w, t, s.text) }},
			output{name + ".csv", func(w io.Writer) error { return exchange.WriteTableCSV(w, t, s.text) }})
	}
	return files
}

// removeOld removes what an earlier run wrote and this one did not: tables of other splits,
// and the list of what is published. A file under tables/ is ours when it is called as one
// of our tables is; all else is left.
func removeOld(dir string, files []output, r *compile.Result) error {
	ours := func(name string) bool {
		id, isCSV := strings.CutSuffix(name, ".csv")
		id, isJSON := strings.CutSuffix(id, ".json")
		return isCSV != isJSON && (strings.HasPrefix(id, "lokal_") || hasTable(r, id))
	}
	for _, split := range append([]string{""}, query.Splits...) {
		if err := removeStale(dir, files, path.Join(tablesFolder, split), ours); err != nil {
			return err
		}
	}
	return removeStale(dir, files, "", func(name string) bool { return name == publishedFile })
}

func hasTable(r *compile.Result, id string) bool {
	for _, t := range r.Release.Tables {
		if t.ID() == id {
			return true
		}
	}
	return false
}

// foreign counts the files in a folder that this run did not write.
func foreign(dir string, written []output) (n int) {
	filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil
		}
		inside, _ := filepath.Rel(dir, name)
		if !slices.ContainsFunc(written, func(o output) bool { return o.name == filepath.ToSlash(inside) }) {
			n++
		}
		return nil
	})
	return n
}
